// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

import static dev.ringside.packet.Packets.udp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.ringside.Lab;
import dev.ringside.junit.jupiter.Managed;
import dev.ringside.junit.jupiter.RingsideExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Failing tests, run by this JUnit's own launcher: what they fail with, write and leave open. */
class FailureTest {

  private static final List<Lab> LABS = new ArrayList<>();

  @TempDir Path output;

  @Test
  void failures_are_reported_and_labs_closed() throws IOException {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Failing.class))
            .configurationParameter("junit.platform.reporting.output.dir", output.toString())
            .build();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(request, listener);

    List<String> messages = new ArrayList<>();
    listener
        .getSummary()
        .getFailures()
        .forEach(failure -> messages.add(failure.getException().getMessage().split("\n")[0]));
    messages.sort(null);
    assertEquals(List.of("its own", "the test leaves its lab unclean"), messages);
    assertEquals(4, LABS.size());
    for (Lab lab : LABS) {
      assertTrue(lab.world().isClosed());
    }
    for (String file : List.of("journal.txt", "summary.txt", "p0.pcapng", "p1.pcapng")) {
      assertEquals(4, written(file)); // of two labs in each of two tests
    }
  }

  private long written(String name) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(file -> file.endsWith(name)).count();
    }
  }

  @ExtendWith(RingsideExtension.class)
  static class Failing {

    @Managed static Lab ofTheClass;

    @Managed final Lab built = Lab.open();

    @Test
    void fails() {
      LABS.add(built);
      LABS.add(ofTheClass);
      throw new IllegalStateException("its own");
    }

    @Test
    void leaves_a_ring_undrained() {
      LABS.add(built);
      built.vm("vm1").pause();
      built.wire().send(udp().to(built.vm("vm1")).port(53));
    }

    @Test
    void passes() {
      LABS.add(built);
    }
  }
}
