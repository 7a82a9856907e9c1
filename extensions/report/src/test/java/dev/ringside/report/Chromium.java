// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium of its own, with an empty profile. Where there is none the tests are skipped,
 * unless {@code -Dchromium=required} says that there must be one.
 */
final class Chromium implements AutoCloseable {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"),
          Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
          Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  static Chromium start(Path profile) throws IOException {
    Path program = program();
    boolean required = "required".equals(System.getProperty("chromium"));
    if (required) {
      assertThat(program).as("Chromium is required: install the package chromium").isNotNull();
    }
    assumeTrue(program != null, "no Chromium here: the page is not opened");
    Process process =
        new ProcessBuilder(
                String.valueOf(program),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Chromium(process, DevTools.connect(address(process)));
  }

  private static @Nullable Path program() {
    for (Path place : PLACES) {
      if (Files.isExecutable(place)) {
        return place;
      }
    }
    return null;
  }

  /** The rest of what it says is read, too, or it would stop. */
  private static URI address(Process process) throws IOException {
    BufferedReader said = process.errorReader();
    StringBuilder text = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(LISTENING)) {
        Thread reader = new Thread(() -> said.lines().forEach(rest -> {}), "chromium's words");
        reader.setDaemon(true);
        reader.start();
        return URI.create(line.substring(LISTENING.length()));
      }
      text.append(line).append('\n');
    }
    throw new IOException("Chromium has ended without listening:\n" + text);
  }

  /** An empty page. */
  BrowserPage newPage() {
    String target =
        Json.text(tools.send("Target.createTarget", "{\"url\":\"about:blank\"}", null), "targetId");
    String session =
        Json.text(
            tools.send(
                "Target.attachToTarget",
                "{\"targetId\":\"" + target + "\",\"flatten\":true}",
                null),
            "sessionId");
    return new BrowserPage(tools, session);
  }

  @Override
  public void close() {
    tools.close();
    process.destroy();
    process.onExit().join();
  }
}
