package dev.spillway.emulator.recording;

import java.time.Instant;

/**
 * One exchange with a real endpoint, without its secrets.
 *
 * @param recorded when the request arrived
 */
public record Recording(Instant recorded, RecordedRequest request, RecordedAnswer answer) {}
