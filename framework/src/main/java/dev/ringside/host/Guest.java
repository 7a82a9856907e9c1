// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.Client;
import dev.ringside.aggregate.Member;
import dev.ringside.bridge.SwitchPort;
import dev.ringside.bridge.VlanMode;
import dev.ringside.memory.MemoryGate;
import dev.ringside.memory.MemoryPool;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.VlanTag;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Priority;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.OutboundPath;
import dev.ringside.virt.VirtParts;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.Attachment;
import dev.ringside.vm.VirtualMachine;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine with its virtual NIC, its port of the virtual switch and, while it has direct
 * access, its virtual function. The port of the switch is up only while there is none, so that
 * nothing reaches the guest twice.
 */
class Guest implements Attachment, Client, Receiver, Runnable {

  private final Host host;
  private final VmSpec spec;
  private final VirtualMachine vm;
  private final Vnic vnic;
  private final SwitchPort port;
  private boolean wantsDirectAccess;
  private final @Nullable Environment environment;
  private @Nullable VirtualFunction function;
  private @Nullable MemoryGate gate;

  /**
   * Creates one.
   *
   * @param arriving the virtual NIC that the virtual machine brings along, null for a new one
   * @param proxies reach the other guests; null if they are reached as all others are
   */
  Guest(
      Host host,
      VmSpec spec,
      VirtualMachine vm,
      @Nullable Vnic arriving,
      @Nullable Proxies proxies) {
    this.host = host;
    this.spec = spec;
    this.vm = vm;
    this.wantsDirectAccess = spec.direct();
    this.environment = proxies == null ? null : proxies.newEnvironment(this, spec, vm.mac());
    vm.attach(environment == null ? this : environment);
    Receiver stack = environment == null ? vm.receiver() : environment.inFrontOf(vm.receiver());
    if (arriving == null) {
      this.vnic =
          VirtParts.of(host.world())
              .vnic(
                  host.world(), host.name(), vm.name() + "/vnic0", vm.mac(), stack, new ToSwitch());
    } else {
      this.vnic = arriving;
      arriving.moveTo(host.name(), stack, new ToSwitch());
    }
    if (environment != null) {
      vnic.setInner(environment.virtualSwitch().vnic());
    }
    this.port =
        host.virtualSwitch()
            .addPort(
                spec.name(),
                new FromSwitch(),
                spec.vlan() == 0 ? VlanMode.transparent() : VlanMode.access(spec.vlan()));
  }

  /** It has its place now: the switch knows it unless it has direct access. */
  void settle() {
    if (function == null) {
      port.learn(vm.mac());
    }
  }

  VirtualMachine vm() {
    return vm;
  }

  VmSpec spec() {
    return spec;
  }

  @Override
  public String hostName() {
    return host.name();
  }

  @Override
  public Vnic vnic() {
    return vnic;
  }

  SwitchPort port() {
    return port;
  }

  // ---- the guest's end of its virtual NIC ----

  @Override
  public void accept(Packet packet) {
    vnic.transmit(packet);
  }

  @Override
  public @Nullable String directAccessThrough() {
    return function == null ? null : function.nic().name();
  }

  /** What came through the switch is older than what the function's rings hold. */
  @Override
  public void guestReady() {
    if (gate != null) {
      gate.guestReady();
    }
    vnic.guestReady();
    functionsReady();
  }

  /** Nothing from the switch waits any more: what is in the rings of functions may come. */
  @Override
  public void run() {
    functionsReady();
  }

  void functionsReady() {
    if (function != null) {
      function.guestReady();
    }
  }

  /** Drops what waits for the guest at its virtual NIC and in its functions, and matches. */
  void discard(PacketMatcher unwanted, DropReason reason, String why) {
    vnic.receiveRing().discard(unwanted, reason, why);
    if (function != null) {
      function.discard(unwanted, reason, why);
    }
  }

  /** Lets packets in only when there is memory for them. */
  void openGate(MemoryPool pool) {
    gate = pool.newGate(vm.name(), vm.stack().account(), vm.stack());
    if (environment == null) {
      vnic.connectGuest(gate);
    } else {
      environment.connectGuest(gate);
    }
  }

  /** Whether the guest takes a packet of its function: it is ready and nothing older waits. */
  @Override
  public boolean isReady() {
    return vm.receiver().isReady() && vnic.switchedBacklog() == 0;
  }

  boolean takesDirect(Packet packet, @Nullable PacketQueue queue) {
    return vnic.switchedBacklog() == 0 && vnic.takesDirect(packet, queue);
  }

  // ---- the client of an aggregation ----

  @Override
  public String name() {
    return vm.name();
  }

  @Override
  public MacAddress mac() {
    return vm.mac();
  }

  @Override
  public boolean wantsDirectAccess() {
    return wantsDirectAccess;
  }

  @Override
  public boolean isMapped(Member member) {
    return function != null && function.nic() == ((HostPort) member).nic();
  }

  @Override
  public boolean map(Member member) {
    return map(((HostPort) member).nic());
  }

  /** Gives the guest a function of this NIC; it sends through it once the slow path is drained. */
  boolean map(PhysicalNic nic) {
    VirtualFunction free = nic.freeFunction();
    if (free == null) {
      return false;
    }
    free.bind(vm, vm.vlan(), new FromFunction());
    function = free;
    vnic.whenSwitchedDrained(this);
    port.carrierChanged(false);
    vnic.prepareDirect();
    nic.filter().removeMac(vm.mac());
    nic.whenSent(nic.transmitRing(), new ToFunction(free));
    return true;
  }

  @Override
  public void unmap(Member member) {
    unmap();
  }

  /** Takes the function away, if the guest has one by itself. */
  final void unmap() {
    VirtualFunction former = function;
    if (former != null) {
      function = null;
      former.unbind(rest());
      port.carrierChanged(true);
      settle();
      vnic.useSwitch();
    }
  }

  @Override
  public void admit(Member member) {
    PhysicalNic nic = ((HostPort) member).nic();
    nic.filter().addMac(vm.mac());
    if (vnic.priority() != Priority.NORMAL) {
      nic.hostRings().setPriority(vm.mac(), vnic.priority()); // it may have come later
    }
  }

  @Override
  public void dismiss(Member member) {
    ((HostPort) member).nic().filter().removeMac(vm.mac());
  }

  @Override
  public void sendAgain(Packet packet) {
    intoSwitch(untagged(packet));
  }

  /** The tag is the function's or the switch's, not the guest's. */
  final Packet untagged(Packet packet) {
    return vm.vlan() == 0 || packet.vlanTagCount() == 0 ? packet : packet.popVlanTag();
  }

  /** The guest's packet goes through the virtual switch. */
  void intoSwitch(Packet packet) {
    port.accept(packet);
  }

  /** The virtual switch has a packet for the guest, or one that it floods. */
  void takeFromSwitch(Packet packet) {
    vnic.acceptSwitched(packet);
  }

  @Override
  public void announce(PacketSink out) {
    for (Packet announcement : vm.stack().announcements()) {
      out.accept(vm.vlan() == 0 ? announcement : announcement.pushVlanTag(VlanTag.of(vm.vlan())));
    }
  }

  /**
   * Who takes what is still in the rings of a function that is taken away: null, it is lost with
   * them; or the guest itself, which gives its function back before it moves.
   */
  final @Nullable PacketSink rest() {
    return wantsDirectAccess ? null : new FromSwitch();
  }

  /**
   * From now on the guest is reached and sends through the virtual switch only, and keeps what it
   * sends until it is told to go on.
   *
   * @param sent runs as soon as all is sent that its function has taken
   */
  void giveUpAccess(Runnable giveUp, Runnable sent) {
    VirtualFunction former = function;
    wantNoAccess();
    giveUp.run();
    vnic.prepareDirect();
    if (former == null) {
      sent.run();
    } else {
      former.nic().whenSent(former.transmitRing(), sent);
    }
  }

  /** What its functions hold when they are taken away is not lost: the guest gets it. */
  final void wantNoAccess() {
    wantsDirectAccess = false;
  }

  /** The guest goes on as it was meant to. */
  void wantAccessAgain() {
    wantsDirectAccess = spec.direct();
    vnic.useSwitch();
  }

  /** The guest leaves the host. */
  void leave() {
    if (environment != null) {
      environment.end();
    }
    unmap();
    if (vnic.priority() != Priority.NORMAL) {
      new ToSwitch().setPriority(Priority.NORMAL);
    }
  }

  /** The guest is no more. */
  final void end() {
    leave();
    vnic.shutDown();
  }

  /** From the guest to its function. */
  private final class ToFunction implements OutboundPath, Runnable {
    private final VirtualFunction mapped;

    ToFunction(VirtualFunction mapped) {
      this.mapped = mapped;
    }

    /** Turns the guest to its function, unless that was taken away again. */
    @Override
    public void run() {
      if (function == mapped) {
        vnic.useDirect(mapped.name(), this);
      }
    }

    @Override
    public void setPriority(Priority priority) {
      mapped.setTransmitPriority(priority);
    }

    @Override
    public void accept(Packet packet) {
      mapped.transmit(packet);
    }
  }

  /** From the function to the guest. */
  private final class FromFunction implements Receiver {
    @Override
    public boolean isReady() {
      return Guest.this.isReady();
    }

    @Override
    public boolean takes(Packet packet, @Nullable PacketQueue queue) {
      return takesDirect(packet, queue);
    }

    @Override
    public boolean hasRoomFor(Packet packet) {
      return vnic.hasRoomForDirect(packet);
    }

    @Override
    public void accept(Packet packet) {
      vnic.acceptDirect(packet);
    }
  }

  /** From the guest to its port of the switch. */
  private final class ToSwitch implements OutboundPath {
    @Override
    public void setPriority(Priority priority) {
      for (PhysicalNic nic : host.pnics()) {
        nic.hostRings().setPriority(vm.mac(), priority);
      }
    }

    @Override
    public void accept(Packet packet) {
      intoSwitch(packet);
    }
  }

  /** From the switch to the guest. */
  private final class FromSwitch implements PacketSink {
    @Override
    public void accept(Packet packet) {
      takeFromSwitch(packet);
    }
  }
}
