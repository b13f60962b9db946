package dev.spillway.junit;

import dev.spillway.control.EmulatorControl;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Gives parameters and fields what they ask an emulator for. */
final class Injection {

  private Injection() {}

  static boolean isWanted(Parameter parameter) {
    return isAnnotated(parameter) || isSteering(parameter.getType());
  }

  static Object value(Parameter parameter, EmulatedAzure azure) {
    return value(parameter, parameter.getType(), parameter.toString(), azure);
  }

  static void intoStaticFields(Class<?> testClass, EmulatedAzure azure) {
    fields(testClass, field -> Modifier.isStatic(field.getModifiers()))
        .forEach(field -> set(field, null, azure));
  }

  static void intoFields(Object test, EmulatedAzure azure) {
    fields(test.getClass(), field -> !Modifier.isStatic(field.getModifiers()))
        .forEach(field -> set(field, test, azure));
  }

  private static List<Field> fields(Class<?> testClass, Predicate<Field> which) {
    return ReflectionSupport.findFields(
        testClass,
        which.and(field -> isAnnotated(field) || field.isAnnotationPresent(Emulated.class)),
        HierarchyTraversalMode.TOP_DOWN);
  }

  private static void set(Field field, @Nullable Object test, EmulatedAzure azure) {
    String name = "field " + field.getDeclaringClass().getSimpleName() + "." + field.getName();
    if (Modifier.isFinal(field.getModifiers())) {
      throw new ExtensionConfigurationException(name + " is final, so that nothing can be set");
    }
    Object value = value(field, field.getType(), name, azure);
    try {
      field.setAccessible(true);
      field.set(test, value);
    } catch (IllegalAccessException | RuntimeException e) {
      throw new ExtensionConfigurationException(name + " cannot be set: " + e.getMessage(), e);
    }
  }

  private static boolean isAnnotated(AnnotatedElement element) {
    return element.isAnnotationPresent(Endpoint.class) || element.isAnnotationPresent(ApiKey.class);
  }

  private static boolean isSteering(Class<?> type) {
    return type == EmulatorControl.class || type == EmulatedAzure.class;
  }

  private static Object value(
      AnnotatedElement element, Class<?> type, String name, EmulatedAzure azure) {
    Endpoint endpoint = element.getAnnotation(Endpoint.class);
    if (endpoint != null) {
      return endpoint(endpoint, type, name, azure);
    }
    ApiKey key = element.getAnnotation(ApiKey.class);
    if (key != null) {
      check(type == String.class, name, "@ApiKey is for a String", type);
      return key.resource().isEmpty() ? azure.key() : azure.key(key.resource());
    }
    check(isSteering(type), name, "@Emulated is for an EmulatorControl or EmulatedAzure", type);
    return type == EmulatorControl.class ? azure.control() : azure;
  }

  private static Object endpoint(Endpoint said, Class<?> type, String name, EmulatedAzure azure) {
    check(
        type == String.class || type == URI.class, name, "@Endpoint is for a String or URI", type);
    URI base = said.resource().isEmpty() ? azure.endpoint() : azure.endpoint(said.resource());
    URI uri = said.v1() ? URI.create(base + "/openai/v1") : base;
    return type == URI.class ? uri : uri.toString();
  }

  private static void check(boolean fits, String name, String rule, Class<?> type) {
    if (!fits) {
      throw new ExtensionConfigurationException(
          "%s: %s, not for %s".formatted(name, rule, type.getSimpleName()));
    }
  }
}
