/** Shows results: to people, to build servers, to programs. */
@NullMarked
package dev.spillway.scenarios.report;

import org.jspecify.annotations.NullMarked;
