/** AssertJ assertions on what an emulator saw. */
@NullMarked
package dev.spillway.control.assertj;

import org.jspecify.annotations.NullMarked;
