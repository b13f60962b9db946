package dev.spillway.wire;

/** Header names as Azure OpenAI writes them; compared without regard to case. */
public final class HeaderNames {

  public static final String API_KEY = "api-key";
  public static final String AUTHORIZATION = "Authorization";
  public static final String SUBSCRIPTION_KEY = "Ocp-Apim-Subscription-Key";

  public static final String APIM_REQUEST_ID = "apim-request-id";
  public static final String X_REQUEST_ID = "x-request-id";
  public static final String CLIENT_REQUEST_ID = "x-ms-client-request-id";
  public static final String REGION = "x-ms-region";
  public static final String DEPLOYMENT_NAME = "x-ms-deployment-name";

  public static final String RETRY_AFTER = "Retry-After";
  public static final String RETRY_AFTER_MS = "retry-after-ms";
  public static final String MS_RETRY_AFTER_MS = "x-ms-retry-after-ms";
  public static final String SHOULD_RETRY = "x-should-retry";
  public static final String POLICY_ID = "policy-id";

  public static final String LIMIT_REQUESTS = "x-ratelimit-limit-requests";
  public static final String LIMIT_TOKENS = "x-ratelimit-limit-tokens";
  public static final String REMAINING_REQUESTS = "x-ratelimit-remaining-requests";
  public static final String REMAINING_TOKENS = "x-ratelimit-remaining-tokens";
  public static final String RENEWAL_PERIOD_REQUESTS = "x-ratelimit-renewalperiod-requests";
  public static final String RENEWAL_PERIOD_TOKENS = "x-ratelimit-renewalperiod-tokens";
  public static final String RESET_REQUESTS = "x-ratelimit-reset-requests";
  public static final String RESET_TOKENS = "x-ratelimit-reset-tokens";
  public static final String ABUSE_PENALTY_ACTIVE = "x-ratelimit-abusepenalty-active";

  public static final String DEPLOYMENT_UTILIZATION = "azure-openai-deployment-utilization";
  public static final String SPILLOVER_DEPLOYMENT = "x-ms-spillover-deployment";
  public static final String SPILLOVER_FROM_DEPLOYMENT = "x-ms-spillover-from-deployment";
  public static final String SPILLOVER_ERROR = "x-ms-spillover-error";
  public static final String IS_SPILLED_OVER = "x-ms-is-spilled-over";

  /** Names the content filter of one request. */
  public static final String CONTENT_FILTER = "x-policy-id";

  private HeaderNames() {}
}
