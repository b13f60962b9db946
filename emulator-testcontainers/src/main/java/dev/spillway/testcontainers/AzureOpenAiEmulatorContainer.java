package dev.spillway.testcontainers;

import dev.spillway.control.EmulatorControl;
import dev.spillway.control.HttpEmulatorControl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * An Azure OpenAI with realistic token limits, in a container of Spillway's image.
 *
 * <p>Exposed port: 8080. Without {@link #withDeployment} and {@link #withConfig} there are two
 * deployments of gpt-35-turbo, {@code micro} and {@code 35turbo}, with 40,000 tokens a minute each.
 */
public class AzureOpenAiEmulatorContainer extends GenericContainer<AzureOpenAiEmulatorContainer> {

  private static final DockerImageName DEFAULT_IMAGE_NAME = DockerImageName.parse("spillway");
  private static final int PORT = 8080;
  private static final String CONFIG = "/etc/spillway/emulator.yaml";
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.@-]+");

  private final List<String> deployments = new ArrayList<>();
  private String key = "emulator-key";
  private String adminKey = "emulator-admin-key";
  private @Nullable HttpEmulatorControl control;

  public AzureOpenAiEmulatorContainer(String image) {
    this(DockerImageName.parse(image));
  }

  @SuppressWarnings("this-escape") // as every module of Testcontainers configures itself
  public AzureOpenAiEmulatorContainer(DockerImageName image) {
    super(image);
    image.assertCompatibleWith(DEFAULT_IMAGE_NAME);

    withExposedPorts(PORT);
    withCommand("emulator");
    waitingFor(Wait.forHttp("/emulator/health").forPort(PORT));
  }

  /**
   * Adds a deployment; those that are added are then all that the first resource has.
   *
   * @param model its Azure name, such as {@code gpt-4o} or {@code gpt-4o@2024-11-20}
   * @param limit tokens a minute such as {@code 40k} or {@code 1000}, {@code unlimited}, or
   *     provisioned throughput such as {@code 100ptu}
   */
  public AzureOpenAiEmulatorContainer withDeployment(String name, String model, String limit) {
    for (String part : List.of(name, model, limit)) {
      if (!PART.matcher(part).matches()) {
        throw new IllegalArgumentException(
            "a deployment is a name, a model and a limit, such as micro, gpt-35-turbo and 40k, not '%s', '%s' and '%s'"
                .formatted(name, model, limit));
      }
    }
    deployments.add(name + "=" + model + ":" + limit);
    return this;
  }

  /** Starts from an {@code emulator.yaml}. */
  public AzureOpenAiEmulatorContainer withConfig(MountableFile file) {
    return withCopyFileToContainer(file, CONFIG);
  }

  /** Sets the key of the first resource; {@code emulator-key} by default. */
  public AzureOpenAiEmulatorContainer withKey(String key) {
    this.key = key;
    return this;
  }

  /** Sets what {@link #control()} is let in with. */
  public AzureOpenAiEmulatorContainer withAdminKey(String adminKey) {
    this.adminKey = adminKey;
    return this;
  }

  /** Sets whose bodies and headers it speaks: {@code 2023} to {@code 2026}. */
  public AzureOpenAiEmulatorContainer withWire(String year) {
    return withEnv("SPILLWAY_EMULATOR_WIRE", year);
  }

  @Override
  protected void configure() {
    addEnv("SPILLWAY_EMULATOR_KEY", key);
    addEnv("SPILLWAY_ADMIN_KEY", adminKey);
    if (!deployments.isEmpty()) {
      addEnv("SPILLWAY_EMULATOR_DEPLOYMENTS", String.join(",", deployments));
    }
  }

  /** What an Azure SDK is given as its endpoint; {@code /openai/v1} below it is v1's base URL. */
  public String getEndpoint() {
    return "http://" + getHost() + ":" + getMappedPort(PORT);
  }

  public String getKey() {
    return key;
  }

  /** Steers it while it runs: limits, clock, faults, stubs, journal and verdict. */
  public EmulatorControl control() {
    if (control == null) {
      control = new HttpEmulatorControl(URI.create(getEndpoint()), adminKey);
    }
    return control;
  }

  @Override
  public void stop() {
    if (control != null) {
      control.close();
      control = null;
    }
    super.stop();
  }
}
