// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.HostBuilder;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A virtual machine that moves while packets wait for its bandwidth: 3 of 1,000 bytes in 1 ms. */
class BandwidthOnTheWayTest {

  private static final Duration TICK = Duration.ofMillis(1);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static void proxies(HostBuilder blade, boolean with) {
    if (with) {
      blade.proxies();
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void what_waits_moves_along_and_the_limit_holds_at_the_new_place(boolean from, boolean to) {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    ChassisBuilder chassis = builder.chassis("c1").subnets("A");
    proxies(chassis.blade("b1").vms("web", "db"), from);
    proxies(chassis.blade("b2").vms("app"), to);
    Lab lab = labs.open(builder);
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    web.ping(db); // and so they know each other's addresses
    web.ping(lab.vm("app"));
    web.vnic().setBandwidth(Bandwidth.ofBytesPerTick(3_000, TICK));
    for (int i = 1; i <= 10; i++) {
      web.send(udp().to(db).payloadSize(958).port(i));
      db.send(udp().to(web).payloadSize(958).port(i));
    }
    assertThat(web.vnic().waitingForBandwidth()).isEqualTo(14);

    lab.migrate(web).to(lab.blade("b2"));

    assertThat(web.vnic().waitingForBandwidth()).as("with its announcements").isEqualTo(16);
    assertThat(web.vnic().bandwidth()).hasToString("3000 bytes per PT0.001S");
    for (int tick = 0; tick <= 3; tick++) {
      assertThat(numbers(db.received())).isEqualTo(range(1, Math.min(10, 3 + 3 * tick)));
      assertThat(numbers(web.received())).isEqualTo(range(1, Math.min(10, 3 + 3 * tick)));
      lab.advance(TICK);
    }
    for (int i = 11; i <= 16; i++) {
      web.send(udp().to(lab.vm("app")).payloadSize(958).port(i));
    }
    assertThat(numbers(lab.vm("app").received())).isEqualTo(range(11, 13));
    lab.advance(TICK);
    assertThat(numbers(lab.vm("app").received())).isEqualTo(range(11, 16));
    assertThat(lab.ledger().dropped(DropReason.LINK_DOWN)).isZero();
  }
}
