package dev.spillway.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A deployment of {@link AzureOpenAi}; an attribute that is left out is as in the service. */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Deployment {

  String name();

  /** The model's Azure name, such as {@code gpt-4o}. */
  String model();

  String version() default "";

  /** Such as {@code Standard}, {@code GlobalStandard} or {@code ProvisionedManaged}. */
  String sku() default "Standard";

  /** 1 is 1,000 tokens a minute of a Standard deployment, or one PTU of a provisioned one. */
  int capacity() default 1;

  /** Tokens a minute where they do not follow from the capacity: {@code 500}, {@code unlimited}. */
  String tpm() default "";

  /** Requests a minute where they do not follow from the capacity. */
  String rpm() default "";

  /** The Standard deployment that takes what a provisioned one has no room for. */
  String spillover() default "";

  String contentFilter() default "";

  /** How long answers take: {@code model}, or a model's name. */
  String latency() default "";

  /** What it says to everything, in the place of seeded prose. */
  String answer() default "";
}
