package dev.spillway.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field that holds the {@link dev.spillway.control.EmulatorControl} or the {@link EmulatedAzure}
 * of the test. Parameters of these types need no annotation.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Emulated {}
