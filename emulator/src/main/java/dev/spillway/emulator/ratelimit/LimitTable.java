package dev.spillway.emulator.ratelimit;

import static dev.spillway.emulator.ratelimit.WindowRule.CONTINUOUS_MINUTE;
import static dev.spillway.emulator.ratelimit.WindowRule.SLIDING_TEN_SECONDS;
import static dev.spillway.emulator.ratelimit.WindowRule.TUMBLING_MINUTE;

import dev.spillway.emulator.model.ModelClass;

/** How deployments of each class of model are limited: windows and measured charge. */
public enum LimitTable {
  /** Until 2024: a minute's tokens come back at once; the answer is estimated. */
  UNTIL_2024 {
    @Override
    Row of(ModelClass modelClass) {
      return switch (modelClass) {
        case OLDER_CHAT -> new Row(TUMBLING_MINUTE, SLIDING_TEN_SECONDS, ChargeRule.ANSWER_ONLY);
        case EMBEDDINGS -> new Row(TUMBLING_MINUTE, SLIDING_TEN_SECONDS, ChargeRule.INPUTS);
        case CHAT, REASONING ->
            new Row(TUMBLING_MINUTE, TUMBLING_MINUTE, ChargeRule.PROMPT_AND_640);
        case MEDIA -> Row.ofRequests(TUMBLING_MINUTE);
      };
    }
  },
  /** In 2025: the same windows; only what is known of the request is charged. */
  IN_2025 {
    @Override
    Row of(ModelClass modelClass) {
      return switch (modelClass) {
        case OLDER_CHAT -> new Row(TUMBLING_MINUTE, SLIDING_TEN_SECONDS, ChargeRule.PROMPT);
        case EMBEDDINGS -> new Row(TUMBLING_MINUTE, SLIDING_TEN_SECONDS, ChargeRule.INPUTS);
        case CHAT, REASONING -> new Row(TUMBLING_MINUTE, TUMBLING_MINUTE, ChargeRule.PROMPT);
        case MEDIA -> Row.ofRequests(TUMBLING_MINUTE);
      };
    }
  },
  /** Since 2026: tokens and requests come back evenly. */
  SINCE_2026 {
    @Override
    Row of(ModelClass modelClass) {
      return switch (modelClass) {
        case OLDER_CHAT -> new Row(CONTINUOUS_MINUTE, SLIDING_TEN_SECONDS, ChargeRule.PROMPT_AND_5);
        case EMBEDDINGS -> new Row(CONTINUOUS_MINUTE, SLIDING_TEN_SECONDS, ChargeRule.INPUTS);
        case CHAT, REASONING ->
            new Row(CONTINUOUS_MINUTE, CONTINUOUS_MINUTE, ChargeRule.PROMPT_AND_5);
        case MEDIA -> Row.ofRequests(CONTINUOUS_MINUTE);
      };
    }
  };

  /** One class of models. */
  record Row(WindowRule tokens, WindowRule requests, ChargeRule documented, ChargeRule measured) {

    Row(WindowRule tokens, WindowRule requests, ChargeRule measured) {
      this(tokens, requests, ChargeRule.DOCUMENTED, measured);
    }

    /** A class that only requests are counted of. */
    static Row ofRequests(WindowRule window) {
      return new Row(window, window, ChargeRule.NOTHING, ChargeRule.NOTHING);
    }

    ChargeRule charge(ChargeBy by) {
      return switch (by) {
        case DOCUMENTED -> documented;
        case MEASURED -> measured;
      };
    }
  }

  abstract Row of(ModelClass modelClass);
}
