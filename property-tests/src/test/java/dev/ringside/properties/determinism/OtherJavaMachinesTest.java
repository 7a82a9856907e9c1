// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.jqwik.scenario.Scenario;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Law 2 across processes and Java versions: the journals are the same bytes. */
class OtherJavaMachinesTest {

  private static final long SEED = 24_301;

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> the_journal_is_the_same_bytes_in_two_processes_of_every_java() {
    return JavaHomes.byVersion().entrySet().stream()
        .map(
            home ->
                DynamicTest.dynamicTest(
                    "Java " + home.getKey(), () -> compare(home.getKey(), home.getValue())));
  }

  private void compare(int version, Path home) throws Exception {
    String here = RandomRun.journal(SEED);
    assertThat(here.lines().count()).isGreaterThan(5_000);
    assertThat(fork(home, version + "-first", SEED)).isEqualTo(here);
    assertThat(fork(home, version + "-second", SEED)).isEqualTo(here);
    assertThat(fork(home, version + "-other", SEED + 1)).isNotEqualTo(here);
  }

  private String fork(Path home, String name, long seed) throws Exception {
    Path journal = directory.resolve(name + ".txt");
    Process process =
        new ProcessBuilder(
                home.resolve("bin").resolve("java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                RandomRun.class.getName(),
                Long.toString(seed),
                journal.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).as("exit code of Java in %s", home).isZero();
    return Files.readString(journal);
  }

  /** Where the framework, the scenarios and the program are; they need nothing else. */
  private static String classPath() {
    return Stream.of(Lab.class, Scenario.class, RandomRun.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
        .map(location -> new File(location.getPath()).getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @TestFactory
  List<DynamicTest> at_least_the_present_java_is_found() {
    return List.of(
        DynamicTest.dynamicTest(
            JavaHomes.byVersion().toString(),
            () -> assertThat(JavaHomes.byVersion()).containsKey(Runtime.version().feature())));
  }
}
