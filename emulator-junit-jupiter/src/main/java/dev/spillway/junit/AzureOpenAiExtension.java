package dev.spillway.junit;

import dev.spillway.control.EmulatorControl;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Runs an emulator of Azure OpenAI while tests do.
 *
 * <p>{@link AzureOpenAi} registers it. As a field it is built by {@link #builder}: with
 * {@code @RegisterExtension} on a static field there is one emulator for each test class, on an
 * instance field one for each test.
 */
public final class AzureOpenAiExtension
    implements EmulatedAzure,
        BeforeAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterAllCallback,
        ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {

  /** An emulator and the context that it ends with; JUnit closes it with that, from 5.13 on. */
  private record Owned(RunningEmulator emulator, String context, Set<RunningEmulator> running)
      implements AutoCloseable {

    @Override
    public void close() {
      if (running.remove(emulator)) {
        emulator.close();
      }
    }
  }

  private final @Nullable EmulatorSetup built;
  private final Namespace namespace;
  private final Set<RunningEmulator> running = ConcurrentHashMap.newKeySet();

  AzureOpenAiExtension() {
    built = null;
    namespace = Namespace.create(AzureOpenAiExtension.class);
  }

  AzureOpenAiExtension(EmulatorSetup built) {
    this.built = built;
    this.namespace = Namespace.create(AzureOpenAiExtension.class, this);
  }

  /** An emulator with the usual deployments, to be changed. */
  public static AzureOpenAiBuilder builder() {
    return new AzureOpenAiBuilder();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    RunningEmulator emulator = emulator(context);
    Injection.intoStaticFields(context.getRequiredTestClass(), emulator);
    context.getTestInstance().ifPresent(test -> Injection.intoFields(test, emulator));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    RunningEmulator emulator = emulator(context);
    emulator.begin(context.getUniqueId());
    context
        .getRequiredTestInstances()
        .getAllInstances()
        .forEach(test -> Injection.intoFields(test, emulator));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    found(context).ifPresent(owned -> owned.emulator().end(context.getUniqueId()));
    endWith(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    endWith(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Injection.isWanted(parameter.getParameter());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Injection.value(parameter.getParameter(), emulator(context));
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    throw withJournal(thrown, context);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    throw withJournal(thrown, context);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    throw withJournal(thrown, context);
  }

  private Throwable withJournal(Throwable thrown, ExtensionContext context) {
    if (!(thrown instanceof TestAbortedException)) {
      found(context)
          .map(owned -> EmulatorJournal.of(owned.emulator().callsOfTest()))
          .ifPresent(thrown::addSuppressed);
    }
    return thrown;
  }

  /** The one that is running for this context or one around it, or else a new one. */
  private RunningEmulator emulator(ExtensionContext context) {
    return built == null
        ? annotated(context)
        : found(context).orElseGet(() -> start(context, built)).emulator();
  }

  private RunningEmulator annotated(ExtensionContext context) {
    for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
      Optional<AzureOpenAi> said = said(at);
      if (said.isPresent()) {
        return startedIn(at, said.get()).emulator();
      }
    }
    throw new ExtensionConfigurationException(
        "%s has no @AzureOpenAi, nor has a class around it"
            .formatted(context.getRequiredTestClass().getName()));
  }

  private static Optional<AzureOpenAi> said(ExtensionContext context) {
    return context
        .getElement()
        .filter(Class.class::isInstance)
        .flatMap(element -> AnnotationSupport.findAnnotation(element, AzureOpenAi.class));
  }

  private Owned startedIn(ExtensionContext context, AzureOpenAi said) {
    return found(context)
        .filter(owned -> owned.context().equals(context.getUniqueId()))
        .orElseGet(() -> start(context, AnnotatedSetup.of(said)));
  }

  private Owned start(ExtensionContext context, EmulatorSetup setup) {
    RunningEmulator emulator = setup.start(context.getRequiredTestClass());
    Owned owned = new Owned(emulator, context.getUniqueId(), running);
    running.add(emulator);
    context.getStore(namespace).put(Owned.class, owned);
    return owned;
  }

  private Optional<Owned> found(ExtensionContext context) {
    return Optional.ofNullable(context.getStore(namespace).get(Owned.class, Owned.class));
  }

  private void endWith(ExtensionContext context) {
    found(context)
        .filter(owned -> owned.context().equals(context.getUniqueId()))
        .ifPresent(Owned::close);
  }

  @Override
  public EmulatorControl control() {
    return onlyOne().control();
  }

  @Override
  public URI endpoint() {
    return onlyOne().endpoint();
  }

  @Override
  public URI endpoint(String resource) {
    return onlyOne().endpoint(resource);
  }

  @Override
  public String key() {
    return onlyOne().key();
  }

  @Override
  public String key(String resource) {
    return onlyOne().key(resource);
  }

  private RunningEmulator onlyOne() {
    List<RunningEmulator> now = List.copyOf(running);
    if (now.size() > 1) {
      throw new ExtensionConfigurationException(
          "several classes have this extension's emulators at once: let each test ask for its own"
              + " by parameters or fields, such as EmulatorControl and @Endpoint");
    }
    if (now.isEmpty()) {
      throw new ExtensionConfigurationException(
          "the emulator runs only while the tests of its class do");
    }
    return now.getFirst();
  }
}
