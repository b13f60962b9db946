/** An emulator of Azure OpenAI for each test class of JUnit Jupiter. */
@NullMarked
package dev.spillway.junit;

import org.jspecify.annotations.NullMarked;
