package dev.spillway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spillway.control.DeploymentSpec;
import dev.spillway.control.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class DeploymentFlagTest {

  private final DeploymentFlag flag = new DeploymentFlag();

  @Test
  void tokensAMinuteAreAStandardDeployment() {
    assertThat(flag.convert("micro=gpt-35-turbo:40k"))
        .isEqualTo(DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(40)));
  }

  @Test
  void tokensThatAreNoWholeThousandAreSetApart() {
    assertThat(flag.convert("micro=gpt-35-turbo:1500"))
        .isEqualTo(
            DeploymentSpec.standard("micro", "gpt-35-turbo", Limit.of(2)).withTpm(Limit.of(1_500)));
  }

  @Test
  void ptusAreAProvisionedDeployment() {
    assertThat(flag.convert("ptu=gpt-4o:100ptu"))
        .isEqualTo(DeploymentSpec.provisioned("ptu", "gpt-4o", 100));
    assertThat(flag.convert("ptu=gpt-4o@2024-08-06:100ptu").version()).isEqualTo("2024-08-06");
  }

  @ParameterizedTest
  @CsvSource({
    "ptu=gpt-4o:ptu, a limit is a number such as 1000 or 40k",
    "ptu=gpt-4o:0ptu, its capacity is a number of PTUs from 1 up",
    "ptu=gpt-4o:unlimitedptu, its capacity is a number of PTUs from 1 up",
    "ptu=gpt-4o, is not of the form",
  })
  void whatCannotBeReadIsRefusedInOneLine(String text, String problem) {
    assertThatThrownBy(() -> flag.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith("'" + text + "'")
        .hasMessageContaining(problem);
  }
}
