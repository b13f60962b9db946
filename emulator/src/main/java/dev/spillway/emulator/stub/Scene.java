package dev.spillway.emulator.stub;

import com.google.re2j.Matcher;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All that a template can speak of.
 *
 * @param call which of the calls it is that fit the stub
 * @param groups what the stub's regular expression found; null when it has none
 * @param random for what is made up
 */
record Scene(
    Asked asked, long call, @Nullable Matcher groups, Instant now, RandomGenerator random) {}
