// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import static dev.ringside.TestLabs.numbers;
import static dev.ringside.TestLabs.range;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.Host;
import dev.ringside.memory.MemorySize;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.MacAddress;
import dev.ringside.time.Bandwidth;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Frames of 1,000 bytes by proxies, against a limit of 3,000 bytes per millisecond. */
class ProxyBandwidthTest {

  private static final Duration TICK = Duration.ofMillis(1);
  private static final Bandwidth THREE = Bandwidth.ofBytesPerTick(3_000, TICK);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final Lab lab =
      labs.open(host -> host.pnics(2).virtualFunctions(4).vms("web", "db", "app").proxies());
  private final Host host = lab.host();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine db = lab.vm("db");
  private final VirtualMachine app = lab.vm("app");

  private static void send(VirtualMachine from, Endpoint to, int first, int last) {
    for (int i = first; i <= last; i++) {
      from.send(udp().to(to).payloadSize(958).port(i));
    }
  }

  private Account account(String vm) {
    return host.proxies().vnic(vm).account();
  }

  @Test
  void a_guest_sends_to_another_one_of_its_host_at_its_rate() {
    Vnic vnic = host.vnic("web");
    vnic.setBandwidth(THREE);
    send(web, db, 1, 20);

    assertThat(numbers(db.received())).isEqualTo(range(1, 3));
    assertThat(vnic.waitingForBandwidth()).isEqualTo(12);
    assertThat(host.proxies().vnic("web").live()).isEqualTo(12);
    assertThat(vnic.live()).isZero();
    assertThat(account("web").dropped(DropReason.RATE_LIMITED)).isEqualTo(5);
    for (int tick = 1; tick <= 4; tick++) {
      lab.advance(TICK);
      assertThat(numbers(db.received())).isEqualTo(range(1, 3 + 3 * tick));
    }
    assertThat(vnic.waitingForBandwidth()).isZero();
  }

  @Test
  void a_guest_receives_from_all_others_together_at_its_rate() {
    host.vnic("db").setBandwidth(THREE);
    send(web, db, 1, 2);
    send(app, db, 3, 4);
    lab.wire().send(udp().to(db).payloadSize(958).port(5));

    assertThat(numbers(db.received())).isEqualTo(range(1, 3));
    send(web, db, 6, 20);
    assertThat(account("db").dropped(DropReason.RATE_LIMITED)).isEqualTo(5);
    lab.advance(TICK.multipliedBy(4));
    assertThat(numbers(db.received())).isEqualTo(range(1, 15));
  }

  @Test
  void one_limit_holds_for_proxies_and_uplink_together() {
    host.vnic("web").setBandwidth(THREE);
    send(web, db, 1, 2);
    send(web, lab.wire(), 3, 4);
    send(web, db, 5, 5);

    assertThat(numbers(db.received())).containsExactly(1, 2);
    assertThat(numbers(lab.wire().received())).containsExactly(3);
    lab.advance(TICK);
    assertThat(numbers(db.received())).containsExactly(1, 2, 5);
    assertThat(numbers(lab.wire().received())).containsExactly(3, 4);
  }

  @Test
  void a_broadcast_counts_once_for_its_sender_and_once_for_each_receiver() {
    host.vnic("web").setBandwidth(THREE);
    host.vnic("db").setBandwidth(THREE);
    for (int i = 1; i <= 4; i++) {
      web.send(udp().toMac(MacAddress.BROADCAST).to("255.255.255.255").payloadSize(958).port(i));
    }

    assertThat(numbers(db.received())).isEqualTo(range(1, 3));
    assertThat(numbers(app.received())).isEqualTo(range(1, 3));
    assertThat(host.vnic("db").waitingForBandwidth()).isZero();
  }

  @Test
  void a_limit_that_was_set_to_nothing_lets_pass_what_has_waited() {
    host.vnic("web").setBandwidth(THREE);
    send(web, db, 1, 10);
    host.vnic("web").setBandwidth(null);

    assertThat(numbers(db.received())).isEqualTo(range(1, 10));
    assertThat(host.vnic("web").bandwidth()).isNull();
  }

  @Test
  void packets_for_a_guest_that_pauses_wait_for_it_and_come_at_its_rate() {
    host.vnic("db").setBandwidth(THREE);
    send(web, db, 1, 5);
    db.pause();
    send(web, db, 6, 7);
    lab.advance(TICK.multipliedBy(10));
    assertThat(numbers(db.received())).isEqualTo(range(1, 3));
    assertThat(host.proxies().channel("web", "db").size()).isEqualTo(2);

    db.resume();
    assertThat(numbers(db.received())).isEqualTo(range(1, 6));
    lab.advance(TICK);
    assertThat(numbers(db.received())).isEqualTo(range(1, 7));
  }

  @Test
  void what_waits_for_bandwidth_asks_for_memory_when_its_time_has_come() {
    host.memory().reserve("db", MemorySize.bytes(4_000));
    host.vnic("db").setBandwidth(THREE);
    send(web, db, 1, 6);
    assertThat(numbers(db.received())).isEqualTo(range(1, 3));
    assertThat(lab.waiters()).isEmpty();

    lab.advance(TICK);
    assertThat(numbers(db.received())).isEqualTo(range(1, 4));
    assertThat(lab.waiters()).hasSize(1);
    db.inbox().release(2);

    assertThat(numbers(db.received())).isEqualTo(range(1, 6));
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void a_full_channel_keeps_waiting_what_the_limit_has_let_pass() {
    host.vnic("web").setBandwidth(THREE);
    host.proxies().channel("web", "db").setCapacity(1);
    db.pause();
    send(web, db, 1, 6);
    lab.advance(TICK);
    assertThat(host.proxies().vnic("web").waiting()).isEqualTo(5);
    assertThat(host.vnic("web").waitingForBandwidth()).isZero();

    db.resume();
    assertThat(numbers(db.received())).isEqualTo(range(1, 6));
  }

  @Test
  void what_waits_for_a_guest_that_is_removed_is_dropped_and_counted() {
    Vnic vnic = host.vnic("web");
    vnic.setBandwidth(THREE);
    send(web, db, 1, 5);
    send(db, web, 1, 5);
    host.removeVm("web");

    assertThat(vnic.account().dropped(DropReason.LINK_DOWN)).isEqualTo(2);
    assertThat(vnic.account().dropped(DropReason.TARGET_GONE)).isEqualTo(2);
    lab.advance(TICK.multipliedBy(2));
  }

  @Test
  void the_trace_says_what_was_exceeded() {
    host.vnic("web").setBandwidth(Bandwidth.ofBytesPerTick(1_000, TICK));
    send(web, db, 1, 5);
    var dropped = web.send(udp().to(db).payloadSize(958).port(6));

    assertThat(lab.trace(dropped).last().toString())
        .endsWith(
            "DROPPED RATE_LIMITED: web/net0/tx is over 1000 bytes per PT0.001S, and 4000 bytes"
                + " wait");
  }
}
