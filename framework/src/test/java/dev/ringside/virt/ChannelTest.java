// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.Host;
import dev.ringside.host.Proxies;
import dev.ringside.memory.Quota;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Channels between virtual machines that are full, slow, or left by one of the two. */
class ChannelTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab = Lab.open();
  private Host host = lab.host();
  private Proxies proxies;
  private VirtualMachine web;
  private VirtualMachine db;
  private VirtualMachine app;
  private Channel channel;
  private int sent;

  @BeforeEach
  void open() {
    lab.close();
    ProxyConfig two = ProxyConfig.DEFAULT.withCapacity(2);
    lab = labs.open(h -> h.virtualFunctions(4).vms("web", "db", "app").proxies(two));
    host = lab.host();
    proxies = host.proxies();
    web = host.vm("web");
    db = host.vm("db");
    app = host.vm("app");
    channel = proxies.channel("web", "db");
  }

  private void send(VirtualMachine from, VirtualMachine to, int packets) {
    for (int i = 0; i < packets; i++) {
      from.send(udp().to(to).port(++sent).payloadSize(100));
    }
  }

  private static List<Integer> ports(VirtualMachine vm) {
    return vm.received().stream().map(Packet::destinationPort).toList();
  }

  // ---- full ----

  @Test
  void a_paused_guest_backs_up_its_channel_and_then_the_sender() {
    db.pause();
    send(web, db, 5);

    assertThat(channel).hasToString("channel web>db has 2 of 2 slots in use");
    assertThat(channel.packets()).hasSize(2);
    assertThat(proxies.vnic("web").waiting()).isEqualTo(3);
    Waiter waiter = lab.waiters().get(0);
    assertThat(lab.waiters()).hasSize(1);
    assertThat(channel.waiters()).containsExactly(waiter);
    assertThat(proxies.vnic("web").waiter()).isSameAs(waiter);
    assertThat(waiter)
        .hasToString(
            "web/net0 waits for 1 slot of channel web>db since PT0S, until db taking a packet, or a"
                + " larger capacity");

    db.resume();
    assertThat(ports(db)).containsExactly(1, 2, 3, 4, 5);
    assertThat(lab.waiters()).isEmpty();
    assertThat(channel.size()).isZero();
    assertThat(channel.highestSize()).isEqualTo(2);
    assertThat(lab.journal().events(EventKind.REQUEST_WAITS)).isNotEmpty();
    assertThat(lab.journal().events(EventKind.REQUEST_GRANTED))
        .hasSameSizeAs(lab.journal().events(EventKind.REQUEST_WAITS));
  }

  @Test
  void what_is_sent_after_a_packet_that_waits_waits_with_it() {
    db.pause();
    send(web, db, 3);
    send(web, app, 1);
    web.send(udp().to(lab.wire()).port(9));
    assertThat(app.received()).isEmpty();
    assertThat(lab.wire().received()).isEmpty();
    assertThat(proxies.vnic("web").packets()).hasSize(3);

    send(app, web, 1);
    assertThat(web.received()).as("receiving goes on").hasSize(1);

    db.resume();
    assertThat(app.received()).hasSize(1);
    assertThat(lab.wire().received()).hasSize(1);
  }

  @Test
  void a_channel_may_drop_what_it_has_no_room_for() {
    db.pause();
    channel.setWhenFull(WhenFull.DROP);
    send(web, db, 5);
    assertThat(channel.account().dropped(DropReason.RING_FULL)).isEqualTo(3);
    assertThat(lab.waiters()).isEmpty();
    db.resume();
    assertThat(ports(db)).containsExactly(1, 2);
  }

  @Test
  void those_that_wait_are_told_of_a_new_rule_and_of_a_new_capacity() {
    db.pause();
    send(web, db, 6);
    channel.setCapacity(3);
    assertThat(channel.size()).isEqualTo(3);
    assertThat(proxies.vnic("web").waiting()).isEqualTo(3);

    channel.setCapacity(1);
    assertThat(channel.size()).as("what is in it stays").isEqualTo(3);
    channel.setWhenFull(WhenFull.DROP);
    assertThat(channel.account().dropped(DropReason.RING_FULL)).isEqualTo(3);
    assertThat(lab.waiters()).isEmpty();
    assertThat(channel.whenFull()).isEqualTo(WhenFull.DROP);
    assertThat(channel.capacity()).isEqualTo(1);
    assertThatThrownBy(() -> channel.setCapacity(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity -1 of channel web>db must not be negative");
    db.resume();
    assertThat(ports(db)).containsExactly(1, 2, 3);
  }

  @Test
  void nothing_passes_a_channel_without_capacity() {
    channel.setCapacity(0);
    send(web, db, 1);
    assertThat(db.received()).isEmpty();
    assertThat(lab.waiters()).hasSize(1);
    channel.setCapacity(1);
    assertThat(db.received()).hasSize(1);
  }

  @Test
  void the_sender_holds_only_so_many() {
    db.pause();
    send(web, db, 2 + GuestVnic.CAPACITY + 1);
    assertThat(proxies.vnic("web").account().dropped(DropReason.RING_FULL)).isEqualTo(1);
    db.resume();
    assertThat(db.received()).hasSize(2 + GuestVnic.CAPACITY);
  }

  @Test
  void a_wait_can_be_cancelled_and_the_next_packet_has_its_turn() {
    db.pause();
    send(web, db, 3);
    send(web, app, 1);
    assertThat(lab.waiters().get(0).cancel()).isTrue();

    assertThat(proxies.vnic("web").account().dropped(DropReason.CANCELLED)).isEqualTo(1);
    assertThat(app.received()).hasSize(1);
    assertThat(lab.waiters()).isEmpty();
    assertThat(lab.journal().events(EventKind.REQUEST_CANCELLED)).hasSize(1);
    db.resume();
    assertThat(ports(db)).containsExactly(1, 2);
  }

  @Test
  void a_polled_channel_gives_so_many_as_are_asked_for() {
    channel.setPolled(true);
    send(web, db, 5);
    assertThat(db.received()).isEmpty();
    assertThat(channel.poll(1)).isEqualTo(1);
    assertThat(channel.size()).as("the sender has refilled it").isEqualTo(2);
    assertThat(ports(db)).containsExactly(1);
    db.pause();
    assertThat(channel.poll(9)).as("a paused guest takes nothing").isZero();
    db.resume();
    assertThat(ports(db)).containsExactly(1);
    channel.setPolled(false);
    assertThat(ports(db)).containsExactly(1, 2, 3, 4, 5);
  }

  // ---- groups ----

  @Test
  void a_broadcast_waits_for_every_channel_and_reaches_each_once() {
    db.pause();
    app.pause();
    send(web, db, 2);
    send(web, app, 2);
    web.send(udp().toMac(MacAddress.BROADCAST).to("255.255.255.255").port(67));
    assertThat(lab.waiters()).hasSize(1);
    db.resume();
    assertThat(lab.waiters().get(0).resource()).isEqualTo("channel web>app");
    assertThat(db.received()).hasSize(2);
    app.resume();
    assertThat(db.received()).hasSize(3);
    assertThat(app.received()).hasSize(3);
    assertThat(lab.wire().received()).hasSize(1);
  }

  @Test
  void a_broadcast_that_waits_for_a_guest_that_goes_reaches_the_others() {
    db.pause();
    send(web, db, 2);
    web.send(udp().toMac(MacAddress.BROADCAST).to("255.255.255.255").port(67));
    host.removeVm("db");
    assertThat(app.received()).hasSize(1);
    assertThat(lab.wire().received()).hasSize(1);
    assertThat(lab.waiters()).isEmpty();
  }

  // ---- a peer goes ----

  @Test
  void a_peer_that_dies_takes_the_content_of_its_channels_along_and_waiters_fail() {
    db.pause();
    send(web, db, 4);
    send(web, app, 1);
    web.pause();
    send(db, web, 1);
    Waiter waiter = lab.waiters().get(0);

    host.removeVm("db");

    assertThat(channel.isClosed()).isTrue();
    assertThat(channel.account().dropped(DropReason.TARGET_GONE)).isEqualTo(2);
    assertThat(waiter.isCancelled()).isTrue();
    assertThat(proxies.vnic("web").account().dropped(DropReason.TARGET_GONE)).isEqualTo(1);
    assertThat(proxies.virtualSwitch("web").table()).doesNotContainKey(db.mac());
    assertThat(app.received()).as("what came after").hasSize(1);
    assertThat(host.vnic("web").account().received()).as("the miss path").isEqualTo(1);
    assertThat(lab.waiters()).isEmpty();
    web.resume();
    assertThat(web.received()).isEmpty();
  }

  @Test
  void a_sender_that_dies_takes_what_it_holds_along() {
    db.pause();
    send(web, db, 4);
    host.removeVm("web");
    assertThat(lab.waiters()).isEmpty();
    db.resume();
    assertThat(db.received()).isEmpty();
    assertThat(lab.ledger().dropped(DropReason.LINK_DOWN)).isEqualTo(2);
    assertThat(lab.ledger().dropped(DropReason.TARGET_GONE)).isEqualTo(2);
  }

  @Test
  void a_packet_that_waits_takes_the_uplink_when_its_announcement_is_lost() {
    channel.setPolled(true);
    send(web, db, 3);
    proxies.withdrawFrom("web", "db", db.mac());
    assertThat(lab.waiters()).isEmpty();
    assertThat(ports(db)).containsExactly(3);
    channel.setPolled(false);
    assertThat(ports(db)).containsExactly(3, 1, 2);
  }

  // ---- quotas ----

  @Test
  void the_receiver_is_charged_and_its_channel_is_pressed_back() {
    Quota quota = host.memory().reserve("db", bytes(300));
    send(web, db, 6);

    assertThat(ports(db)).containsExactly(1, 2);
    assertThat(quota.used()).isEqualTo(284);
    assertThat(lab.waiters())
        .extracting(Waiter::toString)
        .containsExactly(
            "web>db waits for 142 bytes of memory of db since PT0S, until a release of memory of"
                + " db, or a higher limit",
            "web/net0 waits for 1 slot of channel web>db since PT0S, until db taking a packet, or a"
                + " larger capacity");
    db.inbox().release(2);
    assertThat(ports(db)).containsExactly(1, 2, 3, 4);
    db.inbox().release(2);
    assertThat(ports(db)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(lab.waiters()).isEmpty();
    db.inbox().clear();
    assertThat(quota.used()).isZero();
  }

  @Test
  void a_packet_that_never_fits_is_dropped_and_holds_nobody_up() {
    Quota quota = host.memory().reserve("db", bytes(100));
    send(web, db, 4);
    assertThat(lab.ledger().dropped(DropReason.OVER_QUOTA_FOREVER)).isEqualTo(4);
    assertThat(quota.used()).isZero();
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void two_guests_that_flood_each_other_under_quota_keep_draining() {
    host.memory().reserve("web", bytes(142));
    host.memory().reserve("db", bytes(142));
    for (int i = 0; i < 10; i++) {
      send(web, db, 1);
      send(db, web, 1);
    }
    assertThat(lab.waiters()).as("both channels full, both senders wait").hasSize(4);
    for (int i = 0; i < 9; i++) {
      assertThat(db.inbox().release(1)).isEqualTo(1);
      assertThat(web.inbox().release(1)).isEqualTo(1);
    }
    assertThat(lab.waiters()).isEmpty();
    assertThat(web.received()).hasSize(10);
    assertThat(db.received()).hasSize(10);
  }

  @Test
  void a_quota_that_is_deleted_lets_its_waiters_go() {
    Quota quota = host.memory().reserve("db", bytes(142));
    send(web, db, 4);
    quota.delete();
    assertThat(lab.waiters()).isEmpty();
    assertThat(db.received().size() + lab.ledger().dropped(DropReason.TARGET_GONE)).isEqualTo(4);
  }
}
