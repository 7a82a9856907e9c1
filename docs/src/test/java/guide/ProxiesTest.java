// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.trace.Stage.PNIC;
import static dev.ringside.trace.Stage.PROXY_VNIC;
import static dev.ringside.trace.Stage.VIRTUAL_FUNCTION;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.host.Proxies;
import dev.ringside.inspect.Inspect;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.Channel;
import dev.ringside.virt.WhenFull;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxiesTest {

  private final Lab lab = open();
  private final Host host = lab.host();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine db = lab.vm("db");

  private static Lab open() {
    // tag::host[]
    LabBuilder lab = Lab.builder();
    lab.host("h1").virtualFunctions(4).vms("web", "db").proxies();
    // end::host[]
    return lab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void guests_reach_each_other_past_the_cards() {
    // tag::trace[]
    assertThat(lab.trace(web.send(udp().to(db)))).passed(PROXY_VNIC).neverPassed(PNIC);
    // end::trace[]
    // tag::table[]
    assertThat(host.proxies().virtualSwitch("web"))
        .reaches(db)
        .by("web/proxy-db")
        .reaches(web)
        .by("web/net0")
        .doesNotReach(lab.wire());
    // end::table[]
  }

  @Test
  void an_announcement_is_lost_in_one_direction() {
    // tag::lost[]
    host.proxies().withdrawFrom("web", "db", db.mac());

    assertThat(lab.trace(web.send(udp().to(db)))).passed(VIRTUAL_FUNCTION).neverPassed(PROXY_VNIC);
    assertThat(lab.trace(db.send(udp().to(web)))).passed(PROXY_VNIC);
    // end::lost[]
  }

  @Test
  void a_guest_has_one_bandwidth_for_proxies_and_uplink() {
    // tag::bandwidth[]
    Duration tick = Duration.ofMillis(1);
    host.vnic("web").setBandwidth(Bandwidth.ofBytesPerTick(3_000, tick));
    for (int i = 1; i <= 4; i++) {
      web.send(udp().to(db).payloadSize(958)); // 1,000 bytes each
    }
    web.send(udp().to(lab.wire()).payloadSize(958));

    assertThat(db).received(udp(), 3);
    assertThat(host.vnic("web").waitingForBandwidth()).isEqualTo(2);

    lab.advance(tick);

    assertThat(db).received(udp(), 4);
    assertThat(lab.wire()).received(udp(), 1);
    // end::bandwidth[]
  }

  @Test
  void a_full_channel_presses_back_or_drops() {
    // tag::full[]
    Proxies proxies = host.proxies();
    Channel channel = proxies.channel("web", "db");
    channel.setCapacity(2);
    db.pause();
    for (int i = 0; i < 4; i++) {
      web.send(udp().to(db).port(53));
    }
    assertThat(channel).isFull().isAwaitedBy("web/net0");
    System.out.println(lab.waiters().get(0));

    channel.setWhenFull(WhenFull.DROP);
    assertThat(channel).isNotAwaited().dropped(DropReason.RING_FULL, 2);
    db.resume();
    assertThat(db).received(2);
    // end::full[]
  }

  @Test
  void what_waits_is_told() {
    host.proxies().channel("web", "db").setCapacity(2);
    db.pause();
    for (int i = 0; i < 4; i++) {
      web.send(udp().to(db).port(53));
    }
    Output.assertShown("proxies-waiter.txt", lab.waiters().get(0).toString());
    Output.assertShown("proxies.txt", Inspect.proxies(host).stripTrailing());
    db.resume();
  }

  @Test
  void two_that_flood_each_other_go_on_receiving() {
    // tag::flood[]
    for (VirtualMachine vm : host.vms()) {
      host.memory().reserve(vm.name(), bytes(100)); // one frame of 60 bytes
    }
    host.proxies().channel("web", "db").setCapacity(1);
    host.proxies().channel("db", "web").setCapacity(1);
    for (int i = 0; i < 10; i++) {
      web.send(udp().to(db));
      db.send(udp().to(web));
    }
    assertThat(lab).hasWaiters(4); // both channels for memory, both senders for a channel

    for (int i = 0; i < 10; i++) {
      web.inbox().release(1);
      db.inbox().release(1);
    }
    assertThat(lab).hasNoWaiters();
    assertThat(web).received(10);
    assertThat(db).received(10);
    // end::flood[]
  }
}
