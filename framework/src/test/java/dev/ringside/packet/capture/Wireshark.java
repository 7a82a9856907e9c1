// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tools of Wireshark, where they are installed: the readers that all others follow. */
public final class Wireshark {

  private Wireshark() {}

  /** Skips the test, with a message, where a tool is missing. */
  public static void assumeInstalled() {
    for (String tool : List.of("tshark", "capinfos", "editcap")) {
      assumeTrue(
          isOnPath(tool), tool + " is not installed: apt-get install tshark to run this test");
    }
  }

  private static boolean isOnPath(String tool) {
    for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(directory, tool))) {
        return true;
      }
    }
    return false;
  }

  /** One line per packet, the fields with a bar between them; there must be no warning. */
  public static List<String> fields(Path capture, String... fields) {
    List<String> command =
        new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-T", "fields"));
    command.addAll(List.of("-E", "separator=|"));
    for (String field : fields) {
      command.addAll(List.of("-e", field));
    }
    return run(capture, command);
  }

  /** The packets that a display filter selects, a line each; all checksums are checked. */
  public static List<String> selected(Path capture, String filter) {
    List<String> command =
        new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-Y", filter));
    for (String protocol : List.of("ip", "udp", "tcp")) {
      command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
    }
    return run(capture, command);
  }

  /** What capinfos says of a file, line by line; there must be no warning. */
  static List<String> summary(Path capture) {
    return run(capture, List.of("capinfos", "-M", capture.toString()));
  }

  /** Has editcap write a capture in another format; there must be no warning. */
  static Path convert(Path capture, String format, Path target) {
    run(target, List.of("editcap", "-F", format, capture.toString(), target.toString()));
    return target;
  }

  private static List<String> run(Path beside, List<String> command) {
    Path output = beside.resolveSibling(beside.getFileName() + "." + command.get(0) + ".out");
    Path errors = beside.resolveSibling(beside.getFileName() + "." + command.get(0) + ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      int status = process.waitFor();
      assertThat(warnings(Files.readAllLines(errors))).as("%s warns", command).isEmpty();
      assertThat(status).as("exit status of %s", command).isZero();
      return Files.readAllLines(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + " was interrupted", e);
    }
  }

  /** That it runs as root is a word about the machine, not about the capture. */
  private static List<String> warnings(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank() && !line.startsWith("Running as user \"root\""))
        .toList();
  }
}
