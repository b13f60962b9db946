package dev.spillway.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The endpoint of a resource: a {@link String} or {@link java.net.URI}, parameter or field. */
@Documented
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Endpoint {

  /** Whose; without a name that of the first resource. */
  String resource() default "";

  /** Whether {@code /openai/v1} is part of it, as clients of OpenAI's own API want it. */
  boolean v1() default false;
}
