package dev.spillway.emulator.filter;

import static dev.spillway.emulator.filter.FilterCategory.HATE;
import static dev.spillway.emulator.filter.FilterCategory.INDIRECT_ATTACK;
import static dev.spillway.emulator.filter.FilterCategory.JAILBREAK;
import static dev.spillway.emulator.filter.FilterCategory.PROFANITY;
import static dev.spillway.emulator.filter.FilterCategory.PROTECTED_MATERIAL_CODE;
import static dev.spillway.emulator.filter.FilterCategory.PROTECTED_MATERIAL_TEXT;
import static dev.spillway.emulator.filter.FilterCategory.SELF_HARM;
import static dev.spillway.emulator.filter.FilterCategory.SEXUAL;
import static dev.spillway.emulator.filter.FilterCategory.VIOLENCE;

import java.util.List;
import java.util.Map;

/**
 * A content filter as it is configured; Azure calls it a RAI policy.
 *
 * @param prompt what is done about each category that prompts are searched for
 * @param completion the same of completions
 * @param asynchronous whether streams are filtered after they were sent
 * @param down whether it does not work, so that nothing is filtered
 */
public record FilterPolicy(
    Map<FilterCategory, Rule> prompt,
    Map<FilterCategory, Rule> completion,
    List<Blocklist> blocklists,
    List<Trigger> triggers,
    boolean asynchronous,
    boolean down) {

  /** What a deployment has that names none: Microsoft's own, which blocks from medium up. */
  public static final String DEFAULT_NAME = "Microsoft.DefaultV2";

  public static final FilterPolicy DEFAULT =
      new FilterPolicy(
          Map.of(
              HATE, Rule.MEDIUM,
              INDIRECT_ATTACK, Rule.OFF,
              JAILBREAK, Rule.BLOCK,
              PROFANITY, Rule.OFF,
              SELF_HARM, Rule.MEDIUM,
              SEXUAL, Rule.MEDIUM,
              VIOLENCE, Rule.MEDIUM),
          Map.of(
              HATE, Rule.MEDIUM,
              PROFANITY, Rule.OFF,
              PROTECTED_MATERIAL_CODE, Rule.BLOCK,
              PROTECTED_MATERIAL_TEXT, Rule.BLOCK,
              SELF_HARM, Rule.MEDIUM,
              SEXUAL, Rule.MEDIUM,
              VIOLENCE, Rule.MEDIUM),
          List.of(),
          List.of(),
          false,
          false);

  /** Those that are there without being configured. */
  public static final Map<String, FilterPolicy> BUILT_IN =
      Map.of(
          DEFAULT_NAME,
          DEFAULT,
          "off",
          new FilterPolicy(Map.of(), Map.of(), List.of(), List.of(), false, false),
          "asynchronous",
          new FilterPolicy(DEFAULT.prompt, DEFAULT.completion, List.of(), List.of(), true, false),
          "down",
          new FilterPolicy(DEFAULT.prompt, DEFAULT.completion, List.of(), List.of(), false, true));

  public FilterPolicy {
    prompt = Map.copyOf(prompt);
    completion = Map.copyOf(completion);
    blocklists = List.copyOf(blocklists);
    triggers = List.copyOf(triggers);
  }

  /** What is done about the categories of that side; those that are not in it are off. */
  public Map<FilterCategory, Rule> rules(Side side) {
    return switch (side) {
      case PROMPT -> prompt;
      case COMPLETION -> completion;
    };
  }
}
