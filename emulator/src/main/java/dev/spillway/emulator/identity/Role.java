package dev.spillway.emulator.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Azure's built-in roles, as far as they say something about Azure OpenAI.
 *
 * <p>Owner, Contributor and Cognitive Services Contributor manage a resource, but may not call its
 * models: they have no data actions.
 */
public enum Role {
  OPENAI_USER(
      "Cognitive Services OpenAI User",
      "OpenAI/*/read",
      "OpenAI/deployments/completions/action",
      "OpenAI/deployments/chat/completions/action",
      "OpenAI/deployments/embeddings/action",
      "OpenAI/deployments/audio/action",
      "OpenAI/images/generations/action",
      "OpenAI/responses/*",
      "OpenAI/assistants/*"),
  OPENAI_CONTRIBUTOR("Cognitive Services OpenAI Contributor", "OpenAI/*"),
  USER("Cognitive Services User", "*"),
  DATA_CONTRIBUTOR("Cognitive Services Data Contributor (Preview)", "*"),
  AI_USER("Azure AI User", "*"),
  AI_DEVELOPER("Azure AI Developer", "OpenAI/*"),
  DATA_READER("Cognitive Services Data Reader", "*/read"),
  CONTRIBUTOR_OF_SERVICES("Cognitive Services Contributor"),
  OWNER("Owner"),
  CONTRIBUTOR("Contributor"),
  READER("Reader");

  /** By the name that Azure has for each. */
  public static final Map<String, Role> BY_NAME =
      new TreeMap<>(
          Arrays.stream(values()).collect(Collectors.toMap(Role::azureName, Function.identity())));

  private final String azureName;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> dataActions;

  Role(String azureName, String... dataActions) {
    this.azureName = azureName;
    this.dataActions = List.of(dataActions);
  }

  public String azureName() {
    return azureName;
  }

  boolean allows(DataAction action) {
    return dataActions.stream().anyMatch(action::matches);
  }
}
