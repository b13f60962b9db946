package dev.spillway.junit;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;

/**
 * A lock for each test class with all that is nested in it, under which JUnit lets its tests run
 * one after another.
 */
final class OneTestAtATime implements ResourceLocksProvider {

  @Override
  public Set<Lock> provideForClass(Class<?> testClass) {
    return of(testClass);
  }

  @Override
  public Set<Lock> provideForNestedClass(
      List<Class<?>> enclosingInstanceTypes, Class<?> testClass) {
    return of(enclosingInstanceTypes.getFirst());
  }

  private static Set<Lock> of(Class<?> testClass) {
    return Set.of(new Lock("emulator of " + testClass.getName()));
  }
}
