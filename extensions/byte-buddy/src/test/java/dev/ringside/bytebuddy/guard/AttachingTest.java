// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.bytebuddy.guard.victim.Agent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

/** How the guard comes into a JVM, each tried in one of its own. */
class AttachingTest {

  /** What the other JVMs run. */
  static final class Main {
    public static void main(String[] arguments) {
      try (RealWorldGuard guard = RealWorldGuard.over("dev.ringside.bytebuddy.guard.victim")) {
        Agent.swallow();
        System.out.println("uses: " + guard.uses().size());
      } catch (IllegalStateException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void it_attaches_itself() throws Exception {
    assertThat(run()).contains("uses: 1");
  }

  @Test
  void it_uses_an_agent_that_is_there_where_nothing_may_attach() throws Exception {
    Path agent =
        Path.of(ByteBuddyAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(run("-XX:-EnableDynamicAgentLoading", "-javaagent:" + agent)).contains("uses: 1");
  }

  @Test
  void it_says_what_to_do_where_nothing_may_attach() throws Exception {
    assertThat(run("-XX:-EnableDynamicAgentLoading"))
        .contains("the guard cannot attach to this JVM (")
        .contains(
            "); start it with -javaagent:byte-buddy-agent.jar, or let it attach:"
                + " -XX:+EnableDynamicAgentLoading, and a JDK with the module jdk.attach");
  }

  private static String run(String... options) throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
