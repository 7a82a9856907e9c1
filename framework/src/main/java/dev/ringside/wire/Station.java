// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.capture.CaptureReader;
import dev.ringside.packet.capture.CapturedPacket;
import dev.ringside.stack.Inbox;
import dev.ringside.stack.NetworkStack;
import dev.ringside.stack.PacketHandler;
import dev.ringside.stack.StackParts;
import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The test's own place on the network outside the hosts: it sends anything, sees every packet that
 * the external switch sends its way, answers ARP, neighbour solicitations and pings, and replays
 * captures.
 *
 * <pre>{@code
 * lab.wire().send(udp().to(web).port(53).payload("query"));
 * lab.wire().send(udp().to(web).payloadSize(1_400), 3);
 * lab.wire().replay(Path.of("everyday.pcap"));
 * lab.wire().received();
 * }</pre>
 */
public class Station implements Endpoint, PacketSink, Account.Holder {

  private final World world;
  private final Account account;
  private final NetworkStack stack;
  private final Endpoint addresses;
  private @Nullable PacketSink departure;
  private @Nullable PacketSink rawSender;
  private @Nullable PacketSink port;
  private int departing;

  /** A station that is plugged in nowhere yet. */
  public Station(World world, Endpoint addresses) {
    this.world = world;
    this.addresses = addresses;
    this.account = world.ledger().open(Stage.STATION, addresses.name(), this);
    StackParts parts = StackParts.of(world);
    Inbox inbox = parts.inbox(world, addresses.name(), Inbox.DEFAULT_CAPACITY);
    this.stack = parts.networkStack(world, addresses, inbox, new Sender());
    stack.setPromiscuous(true);
  }

  /** Plugs it in. */
  public void connect(PacketSink newPort) {
    port = newPort;
  }

  @Override
  public String name() {
    return addresses.name();
  }

  @Override
  public MacAddress mac() {
    return addresses.mac();
  }

  @Override
  public Ipv4Address ipv4() {
    return addresses.ipv4();
  }

  @Override
  public Ipv6Address ipv6() {
    return addresses.ipv6();
  }

  /** Packets that are about to leave. */
  @Override
  public long live() {
    return departing;
  }

  // ---- sending ----

  /**
   * Sends a packet; what the sentence leaves out of the source's addresses is this station's.
   *
   * @return the packet as it entered the lab
   */
  public Packet send(PacketSpec spec) {
    return world.call(() -> stack.send(spec));
  }

  /**
   * Sends so many packets like this.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public void send(PacketSpec spec, int times) {
    if (times < 0) {
      throw new IllegalArgumentException("cannot send " + times + " packets: say 0 or more");
    }
    for (int i = 0; i < times; i++) {
      send(spec);
    }
  }

  /** Sends a packet as it is, whatever is wrong with it. */
  public void send(Packet packet) {
    world.deliver(rawSender(), packet);
  }

  private PacketSink rawSender() {
    if (rawSender == null) {
      rawSender = new RawSender();
    }
    return rawSender;
  }

  /** Where packets go; nowhere while it is not plugged in. */
  private void leave(Packet packet) {
    account.addSent();
    if (port != null) {
      port.accept(packet);
    }
  }

  /** Announces its addresses to the network. */
  public void announce() {
    world.run(stack::announce);
  }

  // ---- replaying ----

  /**
   * Replays a capture at once, without its pauses.
   *
   * @return how many packets were sent
   * @throws dev.ringside.packet.capture.CaptureException if the file is damaged, after what comes
   *     before the damage was sent
   */
  public long replay(Path capture) {
    return replay(capture, packet -> true);
  }

  /** Replays those packets of a capture that look like this, at once. */
  public long replay(Path capture, PacketSpec only) {
    return replay(capture, only::matches);
  }

  /** Replays some of the packets of a capture, at once. */
  public long replay(Path capture, Predicate<Packet> only) {
    long sent = 0;
    try (CaptureReader reader = CaptureReader.open(capture)) {
      for (CapturedPacket captured = reader.next(); captured != null; captured = reader.next()) {
        if (only.test(captured.packet())) {
          send(captured.packet());
          sent++;
        }
      }
    }
    return sent;
  }

  /**
   * Starts to replay a capture with its pauses, in virtual time: the first packet leaves now, the
   * others as the lab advances.
   */
  public Replay replayTimed(Path capture) {
    return replayTimed(capture, packet -> true);
  }

  /** Starts to replay some of the packets of a capture with their pauses. */
  public Replay replayTimed(Path capture, Predicate<Packet> only) {
    CaptureReader reader = CaptureReader.open(capture);
    return Replay.start(world, reader, captured -> only.test(captured.packet()), rawSender());
  }

  /** Starts to replay what this reader reads, with its pauses; the replay closes it. */
  public Replay replayTimed(CaptureReader capture) {
    return Replay.start(world, capture, captured -> true, rawSender());
  }

  // ---- receiving ----

  /** A packet comes from the network. */
  @Override
  public void accept(Packet packet) {
    account.addReceived();
    account.addSent();
    stack.accept(packet);
  }

  /** What has arrived and was not taken out. */
  public Inbox inbox() {
    return stack.inbox();
  }

  /** What has arrived and was not taken out, oldest first. */
  public List<Packet> received() {
    return stack.inbox().packets();
  }

  /** Calls the handler for every packet for this station or for a group. */
  public void onPacket(PacketHandler handler) {
    stack.onPacket(handler);
  }

  /** Its network stack. */
  public NetworkStack stack() {
    return stack;
  }

  /** The last packet that has arrived and was not taken out, null if there is none. */
  public @Nullable Packet lastReceived() {
    List<Packet> packets = received();
    return packets.isEmpty() ? null : packets.get(packets.size() - 1);
  }

  @Override
  public String toString() {
    return name() + " (" + mac() + ", " + ipv4() + ", " + ipv6() + ")";
  }

  /** Takes a packet of the stack; it leaves after the present event. */
  private final class Sender implements PacketSink {
    @Override
    public void accept(Packet packet) {
      account.addReceived();
      departing++;
      if (departure == null) {
        departure = new Departure();
      }
      world.schedule(0, departure, packet);
    }
  }

  /** The way out. */
  private final class Departure implements PacketSink {
    @Override
    public void accept(Packet packet) {
      departing--;
      world.passed(account, packet);
      leave(packet);
    }
  }

  /** Takes a packet of the test. */
  private final class RawSender implements PacketSink {
    @Override
    public void accept(Packet packet) {
      leave(world.inject(account, packet));
    }
  }
}
