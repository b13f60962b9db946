package dev.spillway.control;

/**
 * What is left of a limit.
 *
 * @param limit how much the window holds
 * @param remaining how much of it is left; the limit itself where there is none
 * @param windowSeconds the window's length
 * @param fullInMillis how long until all of it is there again, when nothing more is charged
 */
public record WindowStatus(Limit limit, Limit remaining, long windowSeconds, long fullInMillis) {}
