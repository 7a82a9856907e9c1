// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.inspect;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.LookedAt;
import dev.ringside.TestLabs;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.HostBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whole pictures, each of which somebody has looked at, against what is drawn now. After a wanted
 * change, {@code -Dpictures=write} writes them anew: look at them before they are committed.
 */
class WholePictureTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  @Test
  void a_host_at_rest() throws IOException {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).virtualFunctions(3).vms("web", "db");
    Lab lab = labs.open(builder);

    assertIsAsIn("one-host.svg", Picture.of(lab, List.of("VM web", "cable h1/p1", "VF h1/p0/vf1")));
  }

  @Test
  void hosts_and_chassis_of_which_much_has_failed() throws IOException {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder.host("h1").pnics(2).virtualFunctions(2).subnet("B").vms("db");
    builder.host("h2").pnics(1).vms("log", "old");
    builder.host("h3").pnics(1).vms();
    ChassisBuilder c1 = builder.chassis("c1").subnets("A", "B").externalPnics(1);
    c1.blade("b1").pnics(2).virtualFunctions(2).vms("web", "cache");
    c1.blade("b2").pnics(2).vms();
    c1.blade("b3").pnics(1).vms("mail");
    builder.chassis("c2").subnets("A").blade("b4").vms();
    Lab lab = labs.open(builder);

    lab.host("h1").pnic("p0").fail();
    lab.host("h2").pnic("p0").fail();
    lab.vm("old").pause();
    lab.cable("c2/ni0").unplug();
    lab.chassis("c2").interconnect().fail();
    lab.blade("b3").fail();
    lab.migrate(lab.vm("web")).copyTime(Duration.ofMillis(50)).to(lab.blade("b2"));

    assertIsAsIn("failures.svg", Picture.of(lab, List.of("PNIC h1/p0", "blade b3", "subnet A")));
    lab.advance(Duration.ofSeconds(1));
  }

  @Test
  void a_large_lab() throws IOException {
    LabBuilder builder = Lab.builder();
    for (int i = 0; i < 18; i++) {
      builder.subnet("S" + i, "10.0." + i + ".0/24");
    }
    HostBuilder large = builder.host("large").pnics(18).virtualFunctions(20).subnet("S3");
    for (int i = 0; i < 18; i++) {
      large.vms("vm" + i);
    }
    for (int i = 0; i < 33; i++) {
      builder.host("h" + i).pnics(1).subnet("S3").vms();
    }
    for (int i = 0; i < 9; i++) {
      builder.chassis("c" + i).subnets("S3").blade("b" + i).vms();
    }
    Lab lab = labs.open(builder);

    assertIsAsIn("large.svg", Picture.of(lab));
  }

  private static void assertIsAsIn(String file, String picture) throws IOException {
    LookedAt.assertIsAsIn("pictures", file, picture);
  }
}
