// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import dev.ringside.packet.Endpoint;
import dev.ringside.packet.EtherType;
import dev.ringside.packet.IpAddress;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Ipv6Address;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.PacketSpec;
import dev.ringside.ring.HoldingReceiver;
import dev.ringside.ring.PacketMemory;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The network stack of a virtual machine or station.
 *
 * <pre>
 *   packet --&gt; well-formed, checksums right? --&gt; ARP, neighbour discovery: settled here
 *                                           --&gt; for one of its addresses? --&gt; whole? --&gt; inbox
 *                                                ICMP echo: answered      `-&gt; handlers
 *                                                UDP to a closed port: unreachable
 *                                                TCP to an open port: its handler only
 * </pre>
 *
 * <p>Answers go to the MAC address that the question came from, so that a replayed capture needs no
 * partner to resolve addresses with. While no port was opened, every UDP port is open.
 *
 * <pre>{@code
 * stack.onUdp(53, query -> ...);
 * stack.accept(packet);
 * }</pre>
 */
public class NetworkStack implements HoldingReceiver, Account.Holder {

  private static final int ECHO_REQUEST = 8;
  private static final int ECHO_REQUEST_V6 = 128;

  /** The upper half of all addresses that a station forms by itself (RFC 4291, 2.5.6). */
  private static final long LINK_LOCAL = 0xfe80L << 48;

  private final World world;
  private final Endpoint self;
  private final Account account;
  private final Inbox inbox;
  private final PacketSink out;
  private @Nullable Outbound outbound;
  private @Nullable Reassembly reassembly;
  private @Nullable Map<Integer, PacketHandler> udpPorts;
  private @Nullable TcpPorts tcpPorts;
  private @Nullable PacketHandler everyPacket;
  private boolean paused;
  private boolean promiscuous;

  // The memory of the packet that is being taken, as long as nobody keeps the packet.
  private @Nullable PacketMemory unkept;
  private long unkeptBytes;

  /**
   * Creates a stack.
   *
   * @param out where its packets leave
   */
  public NetworkStack(World world, Endpoint self, Inbox inbox, PacketSink out) {
    this.world = world;
    this.self = self;
    this.inbox = inbox;
    this.out = out;
    this.account = world.ledger().open(Stage.STACK, self.name(), this);
  }

  /** The packets that began or ended here. */
  public Account account() {
    return account;
  }

  /** What has arrived. */
  public Inbox inbox() {
    return inbox;
  }

  /** Packets that wait for an address to be resolved or for their other fragments. */
  @Override
  public long live() {
    return (outbound == null ? 0L : outbound.waiting())
        + (reassembly == null ? 0 : reassembly.live());
  }

  /** The longest IP packet that leaves in one piece, in bytes. */
  public int mtu() {
    return outbound == null ? Outbound.USUAL_MTU : outbound.mtu();
  }

  /**
   * Sets the longest IP packet that leaves in one piece.
   *
   * @throws IllegalArgumentException if it is not 68 (RFC 791) to 65,535
   */
  public void setMtu(int newMtu) {
    if (newMtu < 68 || newMtu > Packet.MAX_BYTES) {
      throw new IllegalArgumentException("MTU " + newMtu + " is not in 68 to " + Packet.MAX_BYTES);
    }
    synchronized (world) {
      outbound().setMtu(newMtu);
    }
  }

  /** Calls the handler for every packet that arrives in the inbox. */
  public void onPacket(PacketHandler handler) {
    synchronized (world) {
      everyPacket = handler;
    }
  }

  /**
   * Opens a UDP port. From the first one on, packets to closed ports are answered as unreachable.
   *
   * @throws IllegalArgumentException if the port is not 1 to 65,535
   */
  public void onUdp(int port, PacketHandler handler) {
    TcpPorts.check("UDP", port);
    synchronized (world) {
      if (udpPorts == null) {
        udpPorts = new LinkedHashMap<>();
      }
      udpPorts.put(port, handler);
    }
  }

  /**
   * Opens a TCP port: its segments go to the handler, which speaks TCP, instead of into the inbox.
   * Segments to other ports go into the inbox, and nobody answers them.
   *
   * @throws IllegalArgumentException if the port is not 1 to 65,535
   */
  public void onTcp(int port, PacketHandler handler) {
    TcpPorts.check("TCP", port);
    synchronized (world) {
      if (tcpPorts == null) {
        tcpPorts = new TcpPorts();
      }
      tcpPorts.open(port, handler);
    }
  }

  /**
   * Closes a TCP port; nothing happens if it is not open.
   *
   * @throws IllegalArgumentException if the port is not 1 to 65,535
   */
  public void closeTcp(int port) {
    TcpPorts.check("TCP", port);
    synchronized (world) {
      if (tcpPorts != null) {
        tcpPorts.close(port);
      }
    }
  }

  /** Whether somebody serves this TCP port. */
  public boolean isTcpOpen(int port) {
    synchronized (world) {
      return tcpPorts != null && tcpPorts.find(port) != null;
    }
  }

  /**
   * Puts every packet that comes into the inbox, whoever it is for and whatever is wrong with it;
   * the stack still reacts only to what is for it. This is how a test's station sees the wire.
   */
  public void setPromiscuous(boolean on) {
    promiscuous = on;
  }

  /** Stops taking packets, as a guest does whose processor is stopped; they wait in the rings. */
  public void setPaused(boolean nowPaused) {
    paused = nowPaused;
  }

  // ---- receiving ----

  @Override
  public boolean isReady() {
    return !paused;
  }

  /** Frees the memory at once unless the packet is kept: in the inbox, or for other fragments. */
  @Override
  public void accept(Packet packet, PacketMemory memory) {
    unkept = memory;
    unkeptBytes = packet.length();
    try {
      accept(packet);
    } finally {
      freeUnkept();
    }
  }

  private void freeUnkept() {
    PacketMemory memory = unkept;
    if (memory != null) {
      unkept = null;
      memory.free(unkeptBytes);
    }
  }

  /** Puts a packet into the inbox, which keeps its memory as long as the packet; false if full. */
  private boolean keep(Packet packet) {
    boolean kept = inbox.offer(packet, unkept, unkeptBytes);
    if (kept) {
      unkept = null;
    }
    return kept;
  }

  @Override
  public void accept(Packet packet) {
    account.addReceived();
    if (promiscuous) {
      observe(packet);
    } else {
      acceptChecked(packet);
    }
  }

  /** Keeps the packet, and reacts to it as a station does that it is for. */
  private void observe(Packet packet) {
    if (tcpPorts != null && isSoundAndForSelf(packet) && takeTcp(packet)) {
      return;
    }
    if (!keep(packet)) {
      world.dropped(account, packet, DropReason.RING_FULL, inbox);
      return;
    }
    world.delivered(account, packet);
    long destination = packet.destinationMacBits();
    boolean addressed = destination == self.mac().bits() || MacAddress.isMulticast(destination);
    if (!addressed || packet.isMalformed() || packet.checksumFault() != null) {
      return;
    }
    if (packet.etherType() == EtherType.ARP) {
      outbound().heardArp(packet);
    } else if (packet.ipVersion() != 0 && isForSelf(packet) && !packet.isFragment()) {
      if (isNeighbourDiscovery(packet)) {
        outbound().heardNeighbourDiscovery(packet);
      } else {
        react(packet);
      }
    }
  }

  private boolean isSoundAndForSelf(Packet packet) {
    return packet.destinationMacBits() == self.mac().bits()
        && packet.is(IpProtocol.TCP)
        && !packet.isMalformed()
        && !packet.isFragment()
        && packet.checksumFault() == null
        && isForSelf(packet);
  }

  /** Hands a sound segment to whoever serves its port; false if nobody does. */
  private boolean takeTcp(Packet packet) {
    PacketHandler handler = tcpPorts == null ? null : tcpPorts.handlerOf(packet);
    if (handler == null) {
      return false;
    }
    world.delivered(account, packet);
    call(handler, packet);
    return true;
  }

  private void acceptChecked(Packet packet) {
    if (dropUnsound(packet)) {
      return;
    }
    if (packet.etherType() == EtherType.ARP) {
      world.delivered(account, packet);
      outbound().heardArp(packet);
    } else if (packet.ipVersion() == 0) {
      deliver(packet);
    } else {
      acceptIp(packet);
    }
  }

  private boolean dropUnsound(Packet packet) {
    if (packet.isMalformed()) {
      world.dropped(account, packet, DropReason.MALFORMED, packet);
      return true;
    }
    String checksumFault = packet.checksumFault();
    if (checksumFault != null) {
      world.dropped(account, packet, DropReason.MALFORMED, checksumFault);
      return true;
    }
    return false;
  }

  private void acceptIp(Packet packet) {
    if (!isForSelf(packet)) {
      world.dropped(account, packet, DropReason.NO_TARGET, "address of another station");
    } else if (packet.isFragment()) {
      acceptFragment(packet);
    } else {
      acceptWhole(packet);
    }
  }

  private void acceptWhole(Packet packet) {
    if (isNeighbourDiscovery(packet)) {
      world.delivered(account, packet);
      outbound().heardNeighbourDiscovery(packet);
    } else if (isClosedPort(packet)) {
      String closed = "udp port " + packet.destinationPort() + " closed";
      world.dropped(account, packet, DropReason.NO_TARGET, closed);
      if (!isForGroup(packet) && Answers.isFromOneStation(packet)) {
        outbound().answer(outbound().answers().portUnreachable(packet));
      }
    } else if (!takeTcp(packet)) {
      deliver(packet);
    }
  }

  private void acceptFragment(Packet fragment) {
    if (reassembly == null) {
      reassembly = new Reassembly(world, account);
    }
    Packet whole = reassembly.add(fragment, unkept, unkeptBytes);
    if (reassembly.keepsMemory()) {
      unkept = reassembly.memoryOfWhole(); // which stands for that of its fragments
    }
    if (whole == null || dropUnsound(whole)) {
      return;
    }
    if (whole.isFragment()) {
      world.dropped(account, whole, DropReason.MALFORMED, "fragments within fragments");
    } else if (isNeighbourDiscovery(whole)) { // RFC 6980
      world.dropped(account, whole, DropReason.MALFORMED, "neighbour discovery in fragments");
    } else {
      acceptWhole(whole);
    }
  }

  private boolean isBroadcastOfSubnet(Packet packet) {
    return outbound != null && outbound.isBroadcast(packet);
  }

  private boolean isForGroup(Packet packet) {
    IpAddress ip = packet.destinationIp();
    return MacAddress.isMulticast(packet.destinationMacBits())
        || ip == null
        || ip.isMulticast()
        || ip.equals(Ipv4Address.BROADCAST)
        || isBroadcastOfSubnet(packet);
  }

  private boolean isForSelf(Packet packet) {
    int at = packet.networkOffset();
    if (packet.ipVersion() == 4) {
      int destination = packet.intAt(at + 16);
      return destination == self.ipv4().bits()
          || destination == -1
          || destination >>> 28 == 0xe
          || isBroadcastOfSubnet(packet);
    }
    long high = packet.longAt(at + 24);
    long low = packet.longAt(at + 32);
    return high >>> 56 == 0xff
        || (high == self.ipv6().high() && low == self.ipv6().low())
        || (high == LINK_LOCAL && outbound().isOwn(new Ipv6Address(high, low)));
  }

  private static boolean isNeighbourDiscovery(Packet packet) {
    return packet.is(IpProtocol.ICMPV6) && NeighbourResolver.isNeighbourDiscovery(packet);
  }

  private boolean isClosedPort(Packet packet) {
    return udpPorts != null
        && packet.is(IpProtocol.UDP)
        && !udpPorts.containsKey(packet.destinationPort());
  }

  /** Puts a packet into the inbox and lets handlers see it. */
  private void deliver(Packet packet) {
    if (!keep(packet)) {
      world.dropped(account, packet, DropReason.RING_FULL, inbox);
      return;
    }
    world.delivered(account, packet);
    react(packet);
  }

  private void react(Packet packet) {
    if (isEchoRequest(packet) && Answers.isFromOneStation(packet) && !isBroadcastOfSubnet(packet)) {
      outbound().answer(outbound().answers().echoReply(packet));
    }
    if (udpPorts != null && packet.is(IpProtocol.UDP)) {
      call(udpPorts.get(packet.destinationPort()), packet);
    }
    call(everyPacket, packet);
  }

  private static boolean isEchoRequest(Packet packet) {
    int type = packet.icmpType();
    return (type == ECHO_REQUEST && packet.is(IpProtocol.ICMP))
        || (type == ECHO_REQUEST_V6 && packet.is(IpProtocol.ICMPV6));
  }

  /** Runs the user's code; what it throws fails the operation that caused it, not the lab. */
  private void call(@Nullable PacketHandler handler, Packet packet) {
    if (handler == null) {
      return;
    }
    try {
      handler.handle(packet);
    } catch (RuntimeException | AssertionError e) {
      world.remember(e);
    }
  }

  // ---- sending ----

  /** Which packets go to gateways; without routes, all stations are on link. */
  public Routes routes() {
    synchronized (world) {
      return outbound().routes();
    }
  }

  /** The MAC address that it sends to for this neighbour, null if it has not resolved it. */
  public @Nullable MacAddress neighbour(IpAddress ip) {
    synchronized (world) {
      return outbound == null ? null : outbound.neighbour(ip);
    }
  }

  /** The neighbours in lines, as {@link NeighbourResolver#lines}. */
  public List<String> neighbours() {
    synchronized (world) {
      return outbound == null ? List.of() : outbound.neighbours();
    }
  }

  /**
   * Sends a packet from this stack's addresses. If it names only an IP address, the MAC address is
   * resolved first and the packet waits meanwhile; {@code to(station)} names both, unless there are
   * {@link #routes}.
   *
   * @return the packet as it entered the lab
   */
  public Packet send(PacketSpec spec) {
    return outbound().send(spec);
  }

  /** An echo request over IPv4 to a station. */
  public PacketSpec pingTo(Endpoint target, int sequence) {
    return Outbound.pingTo(target, sequence);
  }

  /** Sends a packet as it is, in fragments if it is too long. */
  public Packet sendNow(Packet packet) {
    return outbound().sendNow(packet);
  }

  /**
   * The MAC address that packets to an address of a station leave to: its own, or that of the
   * gateway; null while it has to be resolved first, or where no route leads.
   */
  public @Nullable MacAddress macTowards(Endpoint station, IpAddress ip) {
    return outbound().macTowards(station, ip);
  }

  /** Tells the network where this stack is: gratuitous ARP and unsolicited advertisement. */
  public void announce() {
    outbound().announce();
  }

  /** The packets that tell the network where this stack is, for somebody else to send. */
  public List<Packet> announcements() {
    return outbound().announcements();
  }

  private Outbound outbound() {
    if (outbound == null) {
      outbound = new Outbound(world, self, account, out, this);
    }
    return outbound;
  }
}
