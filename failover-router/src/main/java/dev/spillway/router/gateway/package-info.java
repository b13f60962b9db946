/**
 * The inbound side: reads a call, runs it and writes the reply. The only package with an HTTP
 * server.
 */
@NullMarked
package dev.spillway.router.gateway;

import org.jspecify.annotations.NullMarked;
