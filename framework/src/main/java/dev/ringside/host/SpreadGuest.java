// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.aggregate.AggregateParts;
import dev.ringside.aggregate.Member;
import dev.ringside.aggregate.PortSelectionPolicy;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.ring.ArrivalOrder;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Priority;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.FunctionVnic;
import dev.ringside.virt.OutboundPath;
import dev.ringside.virt.VirtParts;
import dev.ringside.virt.Vnic;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guest of an active/active host: with a virtual function and a virtual NIC for each active NIC
 * that has a function for it.
 *
 * <pre>
 *   VM &lt;--&gt; web/vnic0 --aggregator--&gt; web/vnic0.p0 &lt;--&gt; p0/vf0
 *                     `-----------&gt; web/vnic0.p1 &lt;--&gt; p1/vf0
 *                     `--without any: port of the virtual switch
 * </pre>
 *
 * <p>Where an active NIC has no function for it, the host takes what comes for it by that NIC, and
 * its port of the virtual switch is up. Where each has one, the port is down.
 */
class SpreadGuest extends Guest {

  private final World world;
  private final ActiveActive wiring;
  private final VirtualLinkAggregator aggregator;

  /** A path for each NIC that the guest has ever had a function of. */
  private final List<Path> paths = new ArrayList<>(4);

  /** The NICs by which the host takes packets for the guest. */
  private final List<Member> byHost = new ArrayList<>(4);

  /** Of what waits in the rings of its functions. */
  private final ArrivalOrder order;

  private boolean puttingAhead;
  private int mapped;
  private @Nullable Flip pending;

  SpreadGuest(
      ActiveActive wiring,
      Host host,
      VmSpec spec,
      VirtualMachine vm,
      @Nullable Vnic arriving,
      @Nullable Proxies proxies,
      PortSelectionPolicy policy) {
    super(host, spec, vm, arriving, proxies);
    this.world = host.world();
    this.wiring = wiring;
    this.order = new ArrivalOrder(world::afterwards);
    this.aggregator =
        AggregateParts.of(world)
            .virtualLinkAggregator(world, host.name(), spec.name(), policy, this::intoSwitch);
  }

  // ---- the guest's end ----

  @Override
  public VirtualLinkAggregator aggregator() {
    return aggregator;
  }

  @Override
  public @Nullable String directAccessThrough() {
    List<String> ports = aggregator.ports();
    return ports.isEmpty() ? null : ports.get(0);
  }

  @Override
  public boolean hasDirectAccessThrough(String pnic) {
    return aggregator.ports().contains(pnic);
  }

  @Override
  void functionsReady() {
    order.serve();
  }

  @Override
  void discard(PacketMatcher unwanted, DropReason reason, String why) {
    super.discard(unwanted, reason, why);
    for (Path path : paths) {
      if (path.function != null) {
        path.function.discard(unwanted, reason, why);
      }
    }
  }

  // ---- the virtual switch ----

  @Override
  void settle() {
    updatePort();
  }

  /** The switch delivers to the guest what comes by a NIC without a function for it. */
  private void updatePort() {
    boolean up = mapped == 0 || !byHost.isEmpty();
    if (up != port().isUp()) {
      port().carrierChanged(up);
    }
    if (up) {
      port().pin(mac());
    }
  }

  @Override
  void intoSwitch(Packet packet) {
    HostPort before = wiring.passing();
    wiring.passes(null);
    try {
      super.intoSwitch(packet);
    } finally {
      wiring.passes(before);
    }
  }

  @Override
  void takeFromSwitch(Packet packet) {
    HostPort by = wiring.passing();
    if (by != null && MacAddress.isMulticast(packet.destinationMacBits()) && isMapped(by)) {
      vnic().refuse(packet, DropReason.NO_MATCH, "its function has its copy from the card");
    } else {
      super.takeFromSwitch(packet);
    }
  }

  // ---- the client of an aggregation ----

  private @Nullable Path find(Member member) {
    for (Path path : paths) {
      if (path.port == member) {
        return path;
      }
    }
    return null;
  }

  private Path pathThrough(SpreadPort port) {
    Path path = find(port);
    if (path == null) {
      path = new Path(port);
      paths.add(path);
    }
    return path;
  }

  @Override
  public boolean isMapped(Member member) {
    Path path = find(member);
    return path != null && path.function != null;
  }

  @Override
  public boolean map(Member member) {
    SpreadPort port = (SpreadPort) member;
    VirtualFunction free = port.nic().freeFunction();
    if (free == null) {
      return false;
    }
    Path path = pathThrough(port);
    free.bind(vm(), vm().vlan(), path);
    if (vnic().priority() != Priority.NORMAL) {
      free.setTransmitPriority(vnic().priority());
    }
    path.function = free;
    vnic().whenSwitchedDrained(this);
    mapped++;
    dismiss(member);
    aggregator.join(member, port.order(), path.vnic);
    if (mapped == 1) {
      turnToFunctions();
    }
    return true;
  }

  @Override
  public void unmap(Member member) {
    Path path = find(member);
    VirtualFunction former = path == null ? null : path.function;
    if (path == null || former == null) {
      return;
    }
    aggregator.leave(member);
    path.function = null;
    mapped--;
    former.unbind(rest());
    updatePort();
    if (mapped == 0) {
      pending = null;
      vnic().useSwitch();
    }
  }

  @Override
  public void admit(Member member) {
    super.admit(member);
    putAhead();
    if (!byHost.contains(member)) {
      byHost.add(member);
    }
    updatePort();
  }

  /**
   * A NIC joins, and the network may send by it what it has sent by another one. What waits in the
   * functions has come before that, so it waits where the guest looks first, if there is room.
   */
  private void putAhead() {
    if (order.live() <= vnic().roomOnSwitchedPath()) {
      puttingAhead = true;
      try {
        order.serve();
      } finally {
        puttingAhead = false;
      }
    }
  }

  @Override
  public void dismiss(Member member) {
    super.dismiss(member);
    byHost.remove(member);
    updatePort();
  }

  /** What the guest sends next waits until that has left, so that its connections keep order. */
  @Override
  public void sendAgain(Packet packet) {
    super.sendAgain(packet);
    if (mapped > 0 && pending == null) {
      turnToFunctions();
    }
  }

  private void turnToFunctions() {
    vnic().prepareDirect();
    pending = new Flip();
    wiring.aggregator().whenSent(pending);
  }

  @Override
  void giveUpAccess(Runnable giveUp, Runnable sent) {
    List<VirtualFunction> former = new ArrayList<>(paths.size());
    for (Path path : paths) {
      if (path.function != null) {
        former.add(path.function);
      }
    }
    putAhead();
    super.giveUpAccess(giveUp, () -> {});
    whenSent(former.iterator(), sent);
  }

  private static void whenSent(Iterator<VirtualFunction> functions, Runnable sent) {
    if (functions.hasNext()) {
      VirtualFunction next = functions.next();
      next.nic().whenSent(next.transmitRing(), () -> whenSent(functions, sent));
    } else {
      sent.run();
    }
  }

  @Override
  void leave() {
    if (rest() != null) {
      putAhead();
    }
    for (Path path : paths) {
      unmap(path.port);
    }
    super.leave();
  }

  /** Turns the guest to its functions, unless they were taken away again. */
  private final class Flip implements Runnable {
    @Override
    public void run() {
      if (pending == this) {
        pending = null;
        vnic().useDirect("the list of " + name(), new ToFunctions());
      }
    }
  }

  /** From the guest to its functions. */
  private final class ToFunctions implements OutboundPath {
    @Override
    public void setPriority(Priority priority) {
      for (Path path : paths) {
        if (path.function != null) {
          path.function.setTransmitPriority(priority);
        }
      }
    }

    @Override
    public void accept(Packet packet) {
      aggregator.accept(packet);
    }
  }

  /** The way through one NIC: its virtual NIC, and its function while it has one. */
  private final class Path implements Receiver {
    private final SpreadPort port;
    private final FunctionVnic vnic;
    private @Nullable VirtualFunction function;

    Path(SpreadPort port) {
      this.port = port;
      this.vnic =
          VirtParts.of(world)
              .functionVnic(world, vnic().name() + "." + port.name(), this::transmit, vnic());
    }

    private void transmit(Packet packet) {
      VirtualFunction through = function;
      if (through == null) {
        throw new AssertionError(
            vnic + " has no function, but is in the list; please report this bug");
      }
      through.transmit(packet);
    }

    @Override
    public boolean isReady() {
      return puttingAhead || SpreadGuest.this.isReady();
    }

    @Override
    public boolean takes(Packet packet, @Nullable PacketQueue queue) {
      return puttingAhead || takesDirect(packet, queue);
    }

    @Override
    public boolean hasRoomFor(Packet packet) {
      return vnic().hasRoomForDirect(packet);
    }

    @Override
    public ArrivalOrder order() {
      return order;
    }

    @Override
    public void accept(Packet packet) {
      if (puttingAhead) {
        vnic().acceptEarlier(packet);
      } else {
        vnic.receive(packet);
      }
    }
  }
}
