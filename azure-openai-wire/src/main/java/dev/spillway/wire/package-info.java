/** What both ends of an Azure OpenAI exchange must agree on: names, shapes, units. No I/O. */
@NullMarked
package dev.spillway.wire;

import org.jspecify.annotations.NullMarked;
