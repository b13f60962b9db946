package dev.spillway.control;

import java.util.List;

/**
 * Who is let in to a resource, whatever key or token they bring.
 *
 * @param localAuth whether keys are taken at all; the opposite of Azure's {@code disableLocalAuth}
 * @param firewall the addresses and ranges that may call; {@code 0.0.0.0/0} and {@code ::/0} for
 *     all
 * @param blocked whether nobody may, as after abuse
 */
public record AccessStatus(boolean localAuth, List<String> firewall, boolean blocked) {}
