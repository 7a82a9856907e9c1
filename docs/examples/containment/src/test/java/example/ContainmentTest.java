// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package example;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.inspect.Inspect;
import dev.ringside.junit.jupiter.Device;
import dev.ringside.junit.jupiter.LabTopology;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.nic.StandbyRing;
import dev.ringside.steering.Containment;
import dev.ringside.steering.SynRateDetector;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Replay;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Replays a real SYN flood, with the pings and downloads that were going on meanwhile, against a
 * virtual machine. A detector finds the flood, the card steers it aside, and everything else
 * arrives.
 */
@ExtendWith(RingsideExtension.class)
@LabTopology(AttackedHost.class)
class ContainmentTest {

  private static final Path CAPTURE = Path.of("src/test/resources/syn-flood.pcap");
  private static final int REQUESTS_ALLOWED = 50;

  @Test
  void a_flood_is_contained_while_downloads_and_pings_go_on(
      Lab lab, Host host, @Device("web") VirtualMachine web) {
    host.steering().detect(new SynRateDetector(REQUESTS_ALLOWED, Duration.ofSeconds(1)));

    Replay replay = lab.wire().replayTimed(CAPTURE, ip().to(web)::matches);
    replay.finish();

    StandbyRing standby = host.pnic("p0").standbyRing();
    Containment flood = host.steering().containments().get(0);
    tell(lab, host, replay, flood, standby);

    assertThat(host.steering()).contains(tcp().syn().to("192.0.2.20").port(80));
    assertThat(web)
        .received(tcp().syn().port(80), REQUESTS_ALLOWED - 1)
        .received(tcp().port(8_080), 82)
        .received(icmp().echoRequest(), 10)
        .andNothingElse();
    assertThat(lab.wire()).received(icmp().echoReply(), 10);
    assertThat(flood).isIn("p0/standby0").contained(2_000 - REQUESTS_ALLOWED + 1);
    assertThat(standby).isFull().received(tcp().syn().port(80)).andNothingElse();
    assertThat(standby).dropped(927);
    assertThat(lab).isBalanced().dropped(DropReason.CONTAINED, 927).lostNothing();
    System.out.println(
        "\npassed: the first 49 requests of the flood reached web, none after them; all of the"
            + "\ndownloads and pings did, and web answered the pings; the host had no work with the rest.");
  }

  private static void tell(
      Lab lab, Host host, Replay replay, Containment flood, StandbyRing standby) {
    System.out.println("A SYN flood is replayed, among downloads and pings\n");
    System.out.print(Inspect.topology(lab.hosts()));
    System.out.println("\nframes replayed        " + replay.sent());
    System.out.println("found by the detector  " + flood);
    System.out.println("contained              " + flood.packets());
    System.out.println("standby ring           " + standby);
    System.out.println("interrupts by it       " + standby.interrupts() + "\n");
    System.out.print(Inspect.links(host));
    System.out.println();
    System.out.print(Inspect.fates(lab.ledger()));
  }
}
