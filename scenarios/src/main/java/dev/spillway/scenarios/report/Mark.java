package dev.spillway.scenarios.report;

import java.time.Duration;

/**
 * A call or an attempt on a timeline.
 *
 * @param id of the exchange that it belongs to; empty where that cannot be told
 * @param words all that is known of it, in one line
 */
record Mark(Duration from, Duration to, Outcome outcome, String id, String words) {}
