// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Priority;
import dev.ringside.ring.Receiver;
import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.time.Bandwidth;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Drops;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A virtual NIC by itself: its ways out, what waits in it, and for what. */
class VnicTest {

  private static final MacAddress MAC = MacAddress.of("02:00:5e:10:00:0a");
  private static final MacAddress OTHER = MacAddress.of("02:00:5e:10:00:0b");
  private static final Duration TICK = Duration.ofMillis(10);

  private final World world = new World(Seed.of(1), 10_000, true);
  private final Account outside = world.ledger().open(Stage.WIRE, "outside");
  private final WaitQueue memory = new WaitQueue(world.waits(), "memory of web", "packet");
  private final List<Integer> switched = new ArrayList<>();
  private final Guest guest = new Guest();
  private final Way function = new Way(new ArrayList<>());
  private final Vnic vnic = new Vnic(world, "h1", "web/vnic0", MAC, guest, new Way(switched));

  @AfterEach
  void every_packet_has_one_fate() {
    assertThat(world.ledger().violations()).isEmpty();
  }

  /** Takes what it has room for; who has to wait is told. */
  private final class Guest implements Receiver {
    private final List<Integer> arrived = new ArrayList<>();
    private final PacketSink end = end(arrived);
    private boolean ready = true;
    private int room = Integer.MAX_VALUE;

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public boolean takes(Packet packet, @Nullable PacketQueue queue) {
      Waiter waiting = queue == null ? null : queue.waiter();
      if (!ready || (waiting != null && waiting.isWaiting())) {
        return false;
      }
      if (room == 0 && queue != null) {
        queue.waitsAs(memory.add(queue.name(), 1, "a release", new Wish(queue)));
      }
      return room > 0;
    }

    @Override
    public void accept(Packet packet) {
      room--;
      end.accept(packet);
    }
  }

  private final class Wish implements WaitQueue.Request {
    private final PacketQueue queue;

    Wish(PacketQueue queue) {
      this.queue = queue;
    }

    @Override
    public boolean tryGrant() {
      return guest.room > 0;
    }

    @Override
    public void granted(Waiter waiter) {
      queue.receiverReady();
    }

    @Override
    public void cancelled(Waiter waiter, DropReason reason, String why) {
      queue.discardFirst(reason, why);
      queue.receiverReady();
    }
  }

  private PacketSink end(List<Integer> ports) {
    return packet -> {
      outside.addReceived();
      world.delivered(outside, packet);
      ports.add(packet.destinationPort());
    };
  }

  /** A way out, by whose end packets are seen. */
  private final class Way implements OutboundPath {
    private final List<Integer> sent;
    private final List<Priority> priorities = new ArrayList<>();

    Way(List<Integer> sent) {
      this.sent = sent;
    }

    @Override
    public void setPriority(Priority priority) {
      priorities.add(priority);
    }

    @Override
    public void accept(Packet packet) {
      end(sent).accept(packet);
    }
  }

  private Packet packet(int port, MacAddress to) {
    Packet made =
        udp()
            .from("192.0.2.9")
            .to("192.0.2.1")
            .fromMac(OTHER)
            .toMac(to)
            .port(port)
            .payloadSize(58)
            .toPacket();
    outside.addSent();
    return world.inject(outside, made); // 100 bytes
  }

  private void sends(int... ports) {
    for (int port : ports) {
      world.run(() -> vnic.transmit(packet(port, OTHER)));
    }
  }

  private void gets(int... ports) {
    for (int port : ports) {
      world.run(() -> vnic.acceptSwitched(packet(port, MAC)));
    }
  }

  private List<String> drops() {
    return Drops.of(world.journal());
  }

  private List<String> events() {
    List<String> events = new ArrayList<>();
    for (JournalEntry entry : world.journal().entries()) {
      if (entry.event() != null) {
        events.add(entry.place() + ": " + entry.event() + " " + entry.detail());
      }
    }
    return events;
  }

  // ---- ways out ----

  @Test
  void what_is_sent_while_the_way_changes_leaves_by_the_new_one() {
    sends(1);
    vnic.prepareDirect();
    sends(2, 3);
    assertThat(vnic.live()).isEqualTo(2);

    world.run(() -> vnic.useDirect("p0/vf0", function));
    sends(4);

    assertThat(switched).containsExactly(1);
    assertThat(function.sent).containsExactly(2, 3, 4);
    assertThat(vnic.path()).isEqualTo(VnicPath.DIRECT);
    assertThat(vnic.through()).isEqualTo("p0/vf0");
    assertThat(vnic).hasToString("web/vnic0 (DIRECT through p0/vf0)");
    assertThat(vnic.name()).isEqualTo("web/vnic0");
    assertThat(vnic.world()).isSameAs(world);

    world.run(vnic::useSwitch);
    world.run(vnic::useSwitch);
    sends(5);
    assertThat(switched).containsExactly(1, 5);
    assertThat(events()).hasSize(2);
    assertThat(events().get(0)).startsWith("h1: ").endsWith("DIRECT p0/vf0");
    assertThat(vnic).hasToString("web/vnic0 (SWITCHED)");
  }

  @Test
  void so_many_packets_wait_for_the_new_way_and_no_more() {
    vnic.prepareDirect();
    for (int i = 1; i <= 513; i++) {
      sends(i);
    }

    world.run(() -> vnic.useDirect("p0/vf0", function));

    assertThat(function.sent).hasSize(512).endsWith(512);
    assertThat(drops()).containsExactly("RING_FULL: ring web/vnic0/tx has 512 of 512 slots in use");
  }

  @Test
  void a_guest_that_is_no_more_neither_sends_nor_receives() {
    world.run(vnic::shutDown);
    sends(1);
    gets(2);
    world.run(() -> vnic.acceptDirect(packet(3, MAC)));

    assertThat(drops())
        .containsExactly(
            "LINK_DOWN: web/vnic0 (DOWN)",
            "TARGET_GONE: web/vnic0 (DOWN)",
            "TARGET_GONE: web/vnic0 (DOWN)");
    guest.ready = false;
    assertThat(world.call(() -> vnic.takesDirect(packetNobodyHas(), null))).isTrue();
  }

  @Test
  void what_the_guest_gets_by_another_way_is_dropped_for_that() {
    world.run(() -> vnic.refuse(packet(5, MAC), DropReason.NO_ROUTE, "by another way"));

    assertThat(drops()).containsExactly("NO_ROUTE: by another way");
  }

  @Test
  void a_function_is_told_of_a_priority_that_is_not_the_usual_one() {
    world.run(() -> vnic.useDirect("p0/vf0", function));
    assertThat(function.priorities).isEmpty();
    vnic.setPriority(Priority.HIGH);
    world.run(vnic::useSwitch);
    vnic.setPriority(Priority.LOW);
    world.run(() -> vnic.useDirect("p1/vf0", function));

    assertThat(function.priorities).containsExactly(Priority.HIGH, Priority.LOW);
    assertThat(vnic.priority()).isEqualTo(Priority.LOW);
    assertThat(events()).filteredOn(event -> event.contains("priority HIGH")).hasSize(1);
  }

  @Test
  void the_virtual_nic_of_a_function_passes_packets_in_both_directions() {
    FunctionVnic part = new FunctionVnic(world, "web/vnic0.p1", function, vnic);
    world.run(() -> part.accept(packet(1, OTHER)));
    world.run(() -> part.receive(packet(2, MAC)));

    assertThat(function.sent).containsExactly(1);
    assertThat(guest.arrived).containsExactly(2);
    assertThat(part.name()).isEqualTo("web/vnic0.p1");
    assertThat(part).hasToString("web/vnic0.p1");
    assertThat(part.account().sent()).isEqualTo(2);
  }

  // ---- what arrives ----

  @Test
  void a_frame_that_was_flooded_for_another_station_goes_no_further() {
    world.run(() -> vnic.acceptSwitched(packet(1, OTHER)));
    world.run(() -> vnic.acceptSwitched(packet(2, MacAddress.BROADCAST)));

    assertThat(guest.arrived).containsExactly(2);
    assertThat(drops()).containsExactly("NO_MATCH: flooded, for another station");
  }

  @Test
  void what_came_by_a_function_before_is_received_before_what_comes_later() {
    guest.ready = false;
    gets(1);
    world.run(() -> vnic.acceptEarlier(packet(2, MAC)));
    List<String> drained = new ArrayList<>();
    vnic.whenSwitchedDrained(() -> drained.add("after " + guest.arrived));
    assertThat(vnic.switchedBacklog()).isEqualTo(2);
    assertThat(vnic.roomOnSwitchedPath()).isEqualTo(510);
    assertThat(world.call(() -> vnic.takesDirect(packetNobodyHas(), null))).isFalse();

    guest.ready = true;
    world.run(vnic::guestReady);

    assertThat(guest.arrived).containsExactly(1, 2);
    assertThat(drained).containsExactly("after [1, 2]");
    assertThat(world.call(() -> vnic.takesDirect(packetNobodyHas(), null))).isTrue();
  }

  private static Packet packetNobodyHas() {
    return udp().from("192.0.2.9").to("192.0.2.1").toMac(MAC).toPacket();
  }

  @Test
  void a_receive_ring_holds_no_more_than_it_was_told() {
    vnic.setReceiveCapacity(2);
    guest.ready = false;
    gets(1, 2, 3);

    assertThat(vnic.receiveRing().capacity()).isEqualTo(2);
    assertThat(vnic.switchedBacklog()).isEqualTo(2);
    assertThat(vnic.account().dropped(DropReason.RING_FULL)).isEqualTo(1);
    guest.ready = true;
    world.run(vnic::guestReady);
    gets(4);
    assertThat(guest.arrived).containsExactly(1, 2, 4);
  }

  @Test
  void what_waits_comes_along_to_another_host() {
    guest.ready = false;
    gets(1, 2);
    List<Integer> there = new ArrayList<>();
    Guest next = new Guest();

    world.run(() -> vnic.moveTo("h2", next, new Way(there)));
    sends(7);
    world.run(vnic::guestReady);

    assertThat(next.arrived).containsExactly(1, 2);
    assertThat(guest.arrived).isEmpty();
    assertThat(there).containsExactly(7);
    assertThat(events().get(0)).startsWith("h1: ").contains("POLL");
    assertThat(events().get(1)).startsWith("h2: ").contains("INTERRUPT");
  }

  @Test
  void an_attack_that_waits_can_be_purged() {
    SoftwareReceiveRing ring = vnic.receiveRing();
    ring.purge(udp().port(2)); // nothing there yet
    guest.ready = false;
    gets(1, 2, 3);

    ring.purge(udp().port(2));

    assertThat(drops()).hasSize(1).first().asString().startsWith("CONTAINED: ring web/vnic0/rx");
    guest.ready = true;
    world.run(vnic::guestReady);
    assertThat(guest.arrived).containsExactly(1, 3);
    assertThat(ring.name()).isEqualTo("web/vnic0/rx");
    assertThat(ring.world()).isSameAs(world);
    assertThat(ring.packets()).isEmpty();
    assertThat(ring.droppedFull()).isZero();
  }

  @Test
  void a_packet_for_which_there_is_no_memory_waits_for_it_or_in_vain() {
    SoftwareReceiveRing ring = vnic.receiveRing();
    guest.room = 0;
    assertThat(ring.waiter()).isNull();
    gets(1, 2);

    assertThat(memory.waiters()).containsExactly(ring.waiter());
    world.run(() -> memory.cancelAll(DropReason.OVER_QUOTA, "too long"));
    assertThat(drops()).containsExactly("OVER_QUOTA: web/vnic0/rx: too long");
    guest.room = 1;
    world.run(memory::wakeLater);
    assertThat(guest.arrived).containsExactly(2);
    assertThat(ring.waiter()).isNull();
  }

  // ---- bandwidth ----

  @Test
  void what_is_over_its_bandwidth_waits_for_later_ticks_in_both_directions() {
    Bandwidth two = Bandwidth.ofBytesPerTick(200, TICK);
    assertThat(vnic.bandwidth()).isNull();
    assertThat(vnic.waitingForBandwidth()).isZero();
    vnic.setBandwidth(two);
    sends(1, 2, 3, 4, 5);
    gets(11, 12, 13);

    assertThat(vnic.bandwidth()).isEqualTo(two);
    assertThat(switched).containsExactly(1, 2);
    assertThat(guest.arrived).containsExactly(11, 12);
    assertThat(vnic.waitingForBandwidth()).isEqualTo(4);
    assertThat(vnic.live()).isEqualTo(4);
    world.advance(TICK);
    assertThat(switched).containsExactly(1, 2, 3, 4);
    assertThat(guest.arrived).containsExactly(11, 12, 13);

    vnic.setBandwidth(0);
    assertThat(switched).containsExactly(1, 2, 3, 4, 5);
    assertThat(vnic.bandwidth()).isNull();
    assertThat(events()).hasSize(2);
    assertThat(events().get(1)).contains("no bandwidth limit");
  }

  @Test
  void four_ticks_of_packets_wait_and_what_is_over_that_is_dropped() {
    vnic.setBandwidth(Bandwidth.ofBytesPerTick(100, TICK));
    sends(1, 2, 3, 4, 5, 6);
    gets(11, 12, 13, 14, 15, 16);

    assertThat(vnic.waitingForBandwidth()).isEqualTo(8);
    assertThat(vnic.account().dropped(DropReason.RATE_LIMITED)).isEqualTo(2);
    world.advance(TICK.multipliedBy(4));
    assertThat(switched).containsExactly(1, 2, 3, 4, 5);
    assertThat(guest.arrived).containsExactly(11, 12, 13, 14, 15);
  }

  @Test
  void what_waits_for_bandwidth_is_lost_with_the_guest() {
    vnic.setBandwidth(Bandwidth.ofBytesPerTick(100, TICK));
    sends(1, 2);
    gets(11, 12);
    guest.ready = false;
    gets(13);

    world.run(vnic::shutDown);

    assertThat(drops())
        .containsExactly(
            "LINK_DOWN: web/vnic0 (DOWN)",
            "TARGET_GONE: web/vnic0 (DOWN)",
            "TARGET_GONE: web/vnic0 (DOWN)");
    world.advance(TICK);
    assertThat(switched).containsExactly(1);
    assertThat(guest.arrived).containsExactly(11);
  }

  @Test
  void one_whose_time_has_come_but_for_whom_there_is_no_memory_waits_for_that() {
    vnic.setBandwidth(Bandwidth.ofBytesPerTick(100, TICK));
    gets(1, 2, 3);
    guest.room = 0;
    world.advance(TICK);

    assertThat(memory.size()).isEqualTo(1);
    assertThat(memory.waiters().get(0).owner()).isEqualTo("web/vnic0/rx");
    world.advance(TICK);
    assertThat(memory.size()).isEqualTo(1);
    world.run(() -> memory.cancelAll(DropReason.OVER_QUOTA, "too long"));
    assertThat(drops()).containsExactly("OVER_QUOTA: web/vnic0/rx: too long");
    world.run(
        () -> {
          guest.room = 5;
          memory.wakeLater();
        });
    assertThat(guest.arrived).containsExactly(1, 3);
    assertThat(vnic.waitingForBandwidth()).isZero();
  }

  // ---- stations that have left ----

  @Test
  void what_comes_from_the_wire_for_one_that_has_left_goes_after_it() {
    VirtualSwitch vswitch = new VirtualSwitch(world, "h1/vswitch");
    List<Integer> wire = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    SwitchPort uplink = vswitch.addPort(VirtualSwitch.UPLINK, end(wire), VlanMode.transparent());
    SwitchPort db = vswitch.addPort("db", end(new ArrayList<>()), VlanMode.transparent());
    PacketSink way = end(after);
    assertThat(vswitch.returned(MAC)).isFalse();
    vswitch.departed(MAC, "web (departed)", way, VlanMode.access(1));
    vswitch.departed(MacAddress.of("02:00:5e:10:00:0d"), "x (departed)", way, VlanMode.access(1));

    world.run(() -> uplink.accept(packet(1, MAC)));
    world.run(() -> db.accept(packet(2, MAC)));

    assertThat(after).containsExactly(1);
    assertThat(wire).containsExactly(2);
    assertThat(vswitch.standsFor(MAC, way)).isTrue();
    assertThat(vswitch.standsFor(MAC, end(after))).isFalse();
    assertThat(vswitch.standsFor(OTHER, way)).isFalse();

    assertThat(vswitch.returned(MAC)).isTrue();
    assertThat(vswitch.standsFor(MAC, way)).isFalse();
    assertThat(vswitch.standsFor(MacAddress.of("02:00:5e:10:00:0d"), way)).isTrue();
    assertThat(vswitch.ports()).extracting(SwitchPort::name).doesNotContain("web (departed)");
    world.run(() -> uplink.accept(packet(3, MAC)));
    assertThat(after).containsExactly(1);
  }
}
