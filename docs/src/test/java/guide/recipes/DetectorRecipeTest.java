// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide.recipes;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.UdpSpec;
import dev.ringside.steering.Detection;
import dev.ringside.steering.DosDetector;
import dev.ringside.vm.VirtualMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorRecipeTest {

  // tag::detector[]
  /** Finds amplification: more answers of name servers for one guest than a second should bring. */
  static final class AmplificationDetector implements DosDetector {
    private static final long WINDOW = Duration.ofSeconds(1).toNanos();
    private final long bytesAllowed;
    private final Map<IpAddress, long[]> windows = new LinkedHashMap<>();

    AmplificationDetector(long bytesAllowed) {
      this.bytesAllowed = bytesAllowed;
    }

    @Override
    public PacketMatcher observe(Packet packet, long now) {
      if (!udp().fromPort(53).matches(packet)) {
        return null;
      }
      long[] window = windows.computeIfAbsent(packet.destinationIp(), ip -> new long[] {now, 0});
      if (now - window[0] >= WINDOW) {
        window[0] = now;
        window[1] = 0;
      }
      window[1] += packet.length();
      return window[1] > bytesAllowed ? udp().fromPort(53).to(packet.destinationIp()) : null;
    }
  }

  // end::detector[]

  @Nested
  // tag::tests[]
  @ExtendWith(RingsideExtension.class)
  @HostSpec(
      pnics = 2,
      virtualFunctions = 2,
      vms = {"web", "db"})
  class AmplificationDetectorTest {

    private static final Path EVERYDAY = Path.of("src/test/resources/captures/everyday.pcap");
    private Detection detection;

    @BeforeEach
    void plug_in_the_detector(Host host) {
      detection = host.steering().detect(new AmplificationDetector(100_000));
    }

    @Test
    void the_flood_ends_at_the_card_and_the_rest_goes_on(Lab lab, Host host) {
      VirtualMachine web = host.vm("web");
      lab.wire().send(answer(web), 1_000);
      lab.wire().send(icmp().to(web));
      lab.wire().send(answer(host.vm("db")));

      assertThat(web).received(udp().fromPort(53), 97).received(icmp(), 1);
      assertThat(host.vm("db")).received(1);
      assertThat(detection.containments()).hasSize(1);
      assertThat(detection.containments().get(0)).contained(903);
    }

    @ParameterizedTest
    @CsvSource({
      "97, 0", // 97 answers of 1,028 bytes are 99,716 bytes
      "98, 1", // one more is one too many
    })
    void the_limit_is_exact(int answers, int attacks, Lab lab, Host host) {
      lab.wire().send(answer(host.vm("web")), answers);

      assertThat(detection.containments()).hasSize(attacks);
    }

    @Test
    void a_busy_day_is_no_attack(Lab lab, Host host) {
      for (int second = 0; second < 60; second++) {
        lab.wire().send(answer(host.vm("web")), 90);
        lab.advance(Duration.ofSeconds(1));
      }
      lab.wire().replayTimed(EVERYDAY).finish();

      assertThat(detection.containments()).isEmpty();
    }

    @Test
    void it_holds_on_the_card_that_takes_over(Lab lab, Host host) {
      lab.wire().send(answer(host.vm("web")), 98);
      host.pnic("p0").fail();
      host.vm("web").inbox().clear();

      lab.wire().send(answer(host.vm("web")), 100);

      assertThat(host.vm("web")).receivedNothing();
    }

    private static UdpSpec answer(VirtualMachine to) {
      return udp().to(to).fromPort(53).payloadSize(986);
    }
  }
  // end::tests[]
}
