package dev.spillway.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class an emulator of Azure OpenAI, which every test finds as it was at the start.
 *
 * <p>Nested classes share that of the class around them, unless they have an annotation themselves;
 * subclasses have one each. Classes may run side by side, the tests of one class never do.
 *
 * <p>Without any attribute there are the deployments {@code micro} and {@code 35turbo} of
 * gpt-35-turbo with 40,000 tokens a minute each.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(AzureOpenAiExtension.class)
@ResourceLock(providers = OneTestAtATime.class)
public @interface AzureOpenAi {

  /** The {@link #seed} that {@link #config} has, or else the usual one. */
  long CONFIGURED = Long.MIN_VALUE;

  /**
   * The first resource's deployments; those of {@link #config} stay beside them, those that there
   * are without any do not.
   */
  Deployment[] deployments() default {};

  /** Whose bodies and headers to speak: {@code 2023}, {@code 2024}, {@code 2025}, {@code 2026}. */
  String wire() default "";

  /** What answers and identifiers are derived from. */
  long seed() default CONFIGURED;

  /**
   * An {@code emulator.yaml}: a resource, seen from the test class or from the root of the class
   * path, or else a file. Where it says to listen does not count.
   */
  String config() default "";

  /** The first resource's key. */
  String key() default "";

  /** A port that has to be this one; otherwise it is any that is free. */
  int port() default 0;

  /** Whether the clock stands still when a test begins, and moves only when it is moved. */
  boolean frozen() default false;

  /** Whether everything is as at the start before each test, or only before the first. */
  boolean reset() default true;
}
