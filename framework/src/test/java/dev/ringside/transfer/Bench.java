// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Journal;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.Attachment;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Guests a, b and c, of which the test says where they are, and one network under all of them. */
final class Bench implements Whereabouts {

  static final int LATENCY_MICROS = 100;

  final World world = new World(Seed.DEFAULT, Journal.DEFAULT_CAPACITY, true);
  final VirtualMachine a = vm("a", 10);
  final VirtualMachine b = vm("b", 11);
  final VirtualMachine c = vm("c", 12);
  final List<Packet> frames = new ArrayList<>();
  Predicate<Packet> lost = frame -> false;
  long version = 1;
  boolean interconnectUp = true;
  boolean networkUp = true;
  boolean chassisReachable = true;
  final Set<Media> astray = EnumSet.noneOf(Media.class);
  private final Account network = world.ledger().open(Stage.WIRE, "network");
  private final Map<String, String> blades = new LinkedHashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();
  final Transfers transfers = new Transfers(world, this);

  Bench() {
    blades.put("a", "c1/b1");
    blades.put("b", "c1/b1");
    blades.put("c", "c1/b1");
  }

  private VirtualMachine vm(String name, int number) {
    Endpoint addresses =
        Endpoint.of(name, "02:00:5e:10:00:" + number, "192.0.2." + number, "2001:db8::" + number);
    VirtualMachine vm = new VirtualMachine(world, addresses, 0);
    vm.attach(new Plug());
    return vm;
  }

  // ---- the network ----

  /** Where a guest is plugged in. */
  private final class Plug implements Attachment {
    @Override
    public void accept(Packet packet) {
      network.addReceived();
      frames.add(packet);
      if (!networkUp || lost.test(packet)) {
        world.dropped(network, packet, DropReason.LOST_ON_WIRE, "lost");
      } else {
        world.schedule(LATENCY_MICROS * 1_000L, Bench.this::arrive, packet);
      }
    }

    @Override
    public String hostName() {
      return "h1";
    }

    @Override
    public Vnic vnic() {
      throw new AssertionError("nobody asks");
    }

    @Override
    public @Nullable String directAccessThrough() {
      return null;
    }

    @Override
    public void guestReady() {}
  }

  private void arrive(Packet packet) {
    for (VirtualMachine vm : List.of(a, b, c)) {
      if (vm.mac().equals(packet.destinationMac())) {
        network.addSent();
        vm.receiver().accept(packet);
        return;
      }
    }
    world.dropped(network, packet, DropReason.NO_PEER, "nobody");
  }

  // ---- the topology ----

  /** A guest is on another blade now, such as c1/b2. */
  void move(VirtualMachine vm, String blade) {
    world.run(
        () -> {
          blades.put(vm.name(), blade);
          changed();
        });
  }

  /** It is elsewhere, and nobody has told. */
  void moveUntold(VirtualMachine vm, Media lostMedium) {
    assertThat(blades).containsKey(vm.name());
    astray.add(lostMedium);
  }

  void setInterconnect(boolean up) {
    world.run(
        () -> {
          interconnectUp = up;
          changed();
        });
  }

  void setNetwork(boolean up) {
    world.run(
        () -> {
          networkUp = up;
          chassisReachable = up;
          changed();
        });
  }

  void changed() {
    version++;
    listeners.forEach(Runnable::run);
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public Set<Media> media(Endpoint from, Endpoint to) {
    String one = blades.getOrDefault(from.name(), "");
    String other = blades.getOrDefault(to.name(), "");
    if (one.equals(other) && !one.isEmpty()) {
      return EnumSet.of(Media.LOCAL_MEMORY);
    }
    if (chassis(one).equals(chassis(other)) && !one.isEmpty() && interconnectUp) {
      return EnumSet.of(Media.CHASSIS_INTERCONNECT);
    }
    if (!chassisReachable) {
      return EnumSet.noneOf(Media.class);
    }
    return interconnectUp
        ? EnumSet.of(Media.CHASSIS_INTERCONNECT, Media.STANDARD_NETWORK)
        : EnumSet.of(Media.STANDARD_NETWORK);
  }

  private static String chassis(String blade) {
    return blade.isEmpty() ? "" : blade.substring(0, blade.indexOf('/'));
  }

  @Override
  public boolean leadTo(Set<Media> media, Endpoint from, Endpoint to) {
    return Collections.disjoint(astray, media) && media(from, to).equals(media);
  }

  // ---- what has happened ----

  static byte[] message(int bytes) {
    byte[] message = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      message[i] = (byte) (i * 31 + (i >>> 8) * 7 + (i >>> 16));
    }
    return message;
  }

  /** The message has the bytes that this test sends from the first on. */
  static byte[] startOf(byte[] message, int bytes) {
    return Arrays.copyOf(message, bytes);
  }

  Transfer start(byte[] message, TransferConfig config, Endpoint... path) {
    return transfers.start(VirtualNetworkPath.of(path), message, config);
  }

  void advance(Duration duration) {
    world.advance(duration);
  }

  /** Lets everything happen that will, and looks whether anything is left. */
  void runToEnd() {
    world.advance(Duration.ofDays(1));
    assertThat(world.scheduled()).isZero();
    assertThat(world.ledger().violations()).isEmpty();
  }

  long dataFrames() {
    return frames.stream().filter(frame -> frame.payloadLength() > 0).count();
  }

  List<String> journal() {
    List<String> lines = new ArrayList<>();
    for (JournalEntry entry : world.journal().entries()) {
      if (entry.event() != null && entry.event().kind() != EventKind.REQUEST_WAITS) {
        lines.add(entry.place() + ": " + entry.event());
      }
    }
    return lines;
  }
}
