// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In a JVM that lets nobody attach an agent. */
class WithoutAgentTest {

  @Test
  void a_test_without_mocks_needs_none() throws Exception {
    assertThat(run("-XX:-EnableDynamicAgentLoading", PlainCases.class))
        .contains("started 2, failed 0");
  }

  /** Or the test above would prove nothing. */
  @Test
  void a_mock_is_refused_there() throws Exception {
    assertThat(run("-XX:-EnableDynamicAgentLoading", MockingCases.class))
        .contains("started 1, failed 1")
        .contains("Could not initialize");
  }

  @Test
  void a_mock_works_where_the_agent_is_there_from_the_start() throws Exception {
    assertThat(run("-javaagent:" + jarOf(org.mockito.Mockito.class), MockingCases.class))
        .contains("started 1, failed 0");
  }

  private static String jarOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static String run(String option, Class<?> cases)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            option,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ForkedRun.class.getName(),
            cases.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
