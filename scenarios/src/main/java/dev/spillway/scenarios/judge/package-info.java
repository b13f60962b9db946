/** Says of each expectation whether it came true, purely, from what was seen. */
@NullMarked
package dev.spillway.scenarios.judge;

import org.jspecify.annotations.NullMarked;
