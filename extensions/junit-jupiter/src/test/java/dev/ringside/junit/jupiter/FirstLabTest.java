// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ringside.Lab;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * What the first lab of a JVM costs is the loading of classes, so these are counted: a number is
 * the same in every run, a time is not.
 */
class FirstLabTest {

  /** A few more than it takes, for what will be added. */
  private static final int MOST = 145;

  private static final String FRAMEWORK = "dev.ringside.";

  @Test
  void the_first_test_with_a_lab_loads_few_classes() throws Exception {
    List<String> loaded = loadedBy(Main.class);
    assertThat(loaded).contains(Lab.class.getName(), RingsideExtension.class.getName());
    assertThat(loaded.size())
        .as(
            "classes of Ringside that a test with a lab loads, at most %d: make what a plain lab"
                + " does not use when it is used for the first time, let an object that is there"
                + " do the work of an adapter, and see that no method has to be verified against a"
                + " class that it only hands over (-Xlog:class+resolve=debug tells who asks for a"
                + " class). They are, in order:%n%s",
            MOST, String.join("\n", loaded))
        .isLessThanOrEqualTo(MOST);
  }

  /** Those of the framework and the extension, in order; not those of this test. */
  private static List<String> loadedBy(Class<?> main) throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:stdout:none",
                "-cp",
                classPath,
                main.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output
        .lines()
        .filter(line -> line.startsWith(FRAMEWORK) && line.contains(" source: "))
        .map(line -> line.substring(0, line.indexOf(" source: ")))
        .filter(name -> !name.startsWith(FirstLabTest.class.getName()))
        .toList();
  }

  /** Runs the test below in a JVM of its own. */
  static final class Main {
    public static void main(String[] args) {
      EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(Plain.class))
          .execute()
          .testEvents()
          .assertStatistics(events -> events.started(1).succeeded(1));
    }
  }

  @ExtendWith(RingsideExtension.class)
  static class Plain {
    @Test
    void gets_a_lab(Lab lab) {
      if (lab.hosts().isEmpty()) {
        throw new AssertionError("a lab without hosts");
      }
    }
  }
}
