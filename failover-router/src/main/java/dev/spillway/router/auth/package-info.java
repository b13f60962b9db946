/** Secrets, and who may call with which. */
@NullMarked
package dev.spillway.router.auth;

import org.jspecify.annotations.NullMarked;
