// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.vm;

import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.PacketSpec;
import dev.ringside.ring.Receiver;
import dev.ringside.stack.Inbox;
import dev.ringside.stack.NetworkStack;
import dev.ringside.stack.PacketHandler;
import dev.ringside.stack.StackParts;
import dev.ringside.virt.Vnic;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine: addresses, a small network stack, an inbox that the test reads, and handlers
 * that the user plugs in.
 *
 * <pre>{@code
 * VirtualMachine web = host.vm("web");
 * web.onUdp(53, query -> web.send(udp().to(lab.wire()).fromPort(53).payload("answer")));
 * web.ping(db);
 * web.inbox().packets();
 * }</pre>
 */
public class VirtualMachine implements Endpoint {

  private final World world;
  private final String name;
  private final MacAddress mac;
  private final Ipv4Address ipv4;
  private final Ipv6Address ipv6;
  private final int vlan;
  private final NetworkStack stack;
  private @Nullable Attachment attachment;
  private int pings;
  private List<Runnable> whenResumed = List.of();

  /**
   * Creates a virtual machine that no host has yet.
   *
   * @param addresses its name and addresses
   * @param vlan the VLAN that its host puts it into, 0 for none
   */
  public VirtualMachine(World world, Endpoint addresses, int vlan) {
    this.world = world;
    this.name = addresses.name();
    this.mac = addresses.mac();
    this.ipv4 = addresses.ipv4();
    this.ipv6 = addresses.ipv6();
    this.vlan = vlan;
    StackParts parts = StackParts.of(world);
    Inbox inbox = parts.inbox(world, name, Inbox.DEFAULT_CAPACITY);
    this.stack = parts.networkStack(world, addresses, inbox, new ToHost());
  }

  /** From now on it sends by this attachment: a host has taken it in. */
  public void attach(Attachment newAttachment) {
    attachment = newAttachment;
  }

  private Attachment attachment() {
    Attachment own = attachment;
    if (own == null) {
      throw new IllegalStateException("VM '" + name + "' is on no host; let a host take it in");
    }
    return own;
  }

  /** The host that it is on. */
  public String hostName() {
    synchronized (world) {
      return attachment().hostName();
    }
  }

  /** Its virtual NIC, which goes with it to another host. */
  public Vnic vnic() {
    synchronized (world) {
      return attachment().vnic();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public MacAddress mac() {
    return mac;
  }

  @Override
  public Ipv4Address ipv4() {
    return ipv4;
  }

  @Override
  public Ipv6Address ipv6() {
    return ipv6;
  }

  /** The VLAN that its host puts it into, 0 for none. */
  public int vlan() {
    return vlan;
  }

  /** Its network stack. */
  public NetworkStack stack() {
    return stack;
  }

  /** The guest's end of its virtual NIC. */
  public Receiver receiver() {
    return stack;
  }

  /** What has arrived and was not taken out. */
  public Inbox inbox() {
    return stack.inbox();
  }

  /** What has arrived and was not taken out, oldest first. */
  public List<Packet> received() {
    return stack.inbox().packets();
  }

  /**
   * The physical NIC whose virtual function it has, null while it has none; the first one where it
   * has functions of several.
   */
  public @Nullable String directAccessThrough() {
    synchronized (world) {
      return attachment().directAccessThrough();
    }
  }

  /** Whether it has a virtual function of this physical NIC. */
  public boolean hasDirectAccessThrough(String pnic) {
    synchronized (world) {
      return attachment().hasDirectAccessThrough(pnic);
    }
  }

  /**
   * Spreads its connections over its virtual functions of several physical NICs.
   *
   * @throws IllegalStateException if its host is not active/active
   */
  public VirtualLinkAggregator aggregator() {
    VirtualLinkAggregator aggregator = attachment().aggregator();
    if (aggregator == null) {
      throw new IllegalStateException(
          "VM '" + name + "' has no aggregator; build its host with aggregation(ACTIVE_ACTIVE)");
    }
    return aggregator;
  }

  /** Whether its host is active/active, so that it has an aggregator. */
  public boolean hasAggregator() {
    return attachment().aggregator() != null;
  }

  /**
   * Sends a packet from its addresses. With {@code to(station)} it leaves at once; with only an IP
   * address the MAC address is resolved first.
   *
   * @return the packet as it entered the lab
   */
  public Packet send(PacketSpec spec) {
    return world.call(() -> stack.send(spec));
  }

  /** Sends a packet as it is. */
  public Packet send(Packet packet) {
    return world.call(() -> stack.sendNow(packet));
  }

  /** Sends an ICMP echo request over IPv4; the answer comes into the inbox. */
  public Packet ping(Endpoint target) {
    return world.call(() -> stack.send(stack.pingTo(target, ++pings)));
  }

  /** Calls the handler for every packet that arrives in the inbox. */
  public void onPacket(PacketHandler handler) {
    stack.onPacket(handler);
  }

  /**
   * Opens a UDP port. From the first one on, packets to closed ports are answered as unreachable.
   *
   * @throws IllegalArgumentException if the port is not 1 to 65,535
   */
  public void onUdp(int port, PacketHandler handler) {
    stack.onUdp(port, handler);
  }

  /** Announces its addresses to the network: gratuitous ARP and unsolicited advertisement. */
  public void announce() {
    world.run(stack::announce);
  }

  /** Stops taking packets, as if its processors had stopped: they wait in the rings before it. */
  public void pause() {
    world.run(() -> stack.setPaused(true));
  }

  /** Whether it has stopped taking packets. */
  public boolean isPaused() {
    synchronized (world) {
      return !stack.isReady();
    }
  }

  /** Takes packets again, those that have waited first. */
  public void resume() {
    world.run(
        () -> {
          stack.setPaused(false);
          attachment().guestReady();
          List<Runnable> actions = whenResumed;
          whenResumed = List.of();
          for (Runnable action : actions) {
            world.afterwards(action);
          }
        });
  }

  /** Lets an action happen once, as soon as the machine runs again; within an operation. */
  public void whenResumed(Runnable action) {
    List<Runnable> more = new ArrayList<>(whenResumed);
    more.add(action);
    whenResumed = more;
  }

  /** From its stack to the host that it is on. */
  private final class ToHost implements PacketSink {
    @Override
    public void accept(Packet packet) {
      attachment().accept(packet);
    }
  }

  @Override
  public String toString() {
    return name + " (" + mac + ", " + ipv4 + ", " + ipv6 + ")";
  }
}
