// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import dev.ringside.aggregate.Client;
import dev.ringside.aggregate.Member;
import dev.ringside.host.Tenancy;
import dev.ringside.routing.AddressPool;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The points of the ten systems that are worth a name: where their steps meet, and where races
 * begin. Some are inside of devices, where no method reference leads.
 *
 * <pre>{@code
 * faults.at(FaultPoints.BEFORE_UNMAP).run(call -> web.send(udp().to(db)));
 * faults.at(FaultPoints.ROUTER_CREATION).throwing(() -> new IllegalStateException("no room"));
 * }</pre>
 */
public final class FaultPoints {

  /** A guest's direct access through a NIC ends. */
  public static final FaultPoint<Client> BEFORE_UNMAP =
      FaultPoint.before(Client::unmap).named("before unmap");

  /** A guest's direct access through a NIC has ended. */
  public static final FaultPoint<Client> AFTER_UNMAP =
      FaultPoint.after(Client::unmap).named("after unmap");

  /** A guest has got direct access through a NIC, or has not ({@link Call#result}). */
  public static final FaultPoint<Client> AFTER_MAP =
      FaultPoint.after(Client::map).named("after map");

  /** An aggregation has stopped using a NIC. */
  public static final FaultPoint<Member> AFTER_DEACTIVATE =
      FaultPoint.after(Member::deactivate).named("after deactivate");

  /** An aggregation has begun to use a NIC. */
  public static final FaultPoint<Member> AFTER_ACTIVATE =
      FaultPoint.after(Member::activate).named("after activate");

  /** A virtual machine on the move is to stand still. */
  public static final FaultPoint<Tenancy> BEFORE_SUSPEND =
      FaultPoint.before(Tenancy::suspend).named("before suspend");

  /** A virtual machine is on its new host. */
  public static final FaultPoint<Tenancy> AFTER_MOVE =
      FaultPoint.after(Tenancy::move).named("after move");

  /** A virtual machine runs again. */
  public static final FaultPoint<Tenancy> AFTER_RESUME =
      FaultPoint.after(Tenancy::letRun).named("after resume");

  /** A subnet gives an address away. */
  @SuppressWarnings("NullAway") // nobody looks at what it returns
  public static final FaultPoint<AddressPool> ADDRESS_ALLOCATION =
      FaultPoint.before(AddressPool::allocate).named("address allocation");

  /** The table of a chassis is to say where a virtual machine is. */
  public static final FaultPoint<Object> BEFORE_SWITCHING_TABLE_UPDATE =
      inside(
          Moment.BEFORE, "before switching table update", "chassis.VirtualSwitchingTable", "put");

  /** A host is to get the virtual router that a virtual machine needs there. */
  public static final FaultPoint<Object> ROUTER_CREATION =
      inside(Moment.BEFORE, "router creation", "migration.VirtualRouters", "prepare");

  /** A frame from the wire has been classified, and what it leads to has happened. */
  public static final FaultPoint<Object> AFTER_CLASSIFY =
      inside(Moment.AFTER, "after classify", "nic.HardwareClassifier", "classify");

  /** A frame from the wire is to be classified. */
  public static final FaultPoint<Object> BEFORE_CLASSIFY =
      inside(Moment.BEFORE, "before classify", "nic.HardwareClassifier", "classify");

  /** It is to be decided whether memory is granted. */
  public static final FaultPoint<Object> BEFORE_GRANT =
      inside(Moment.BEFORE, "before grant", "memory.Quota", "tryCharge");

  /** Memory was granted. */
  public static final FaultPoint<Object> AFTER_GRANT =
      inside(Moment.AFTER, "after grant", "memory.Quota", "tryCharge", true);

  /** A sender is to wait, as a channel between proxies is full. */
  public static final FaultPoint<Object> CHANNEL_FULL =
      inside(Moment.BEFORE, "channel full", "virt.Channel", "await");

  /** A receive ring has not taken a packet, as it is full. */
  public static final FaultPoint<Object> RING_FULL =
      inside(Moment.AFTER, "ring full", "nic.ReceiveRing", "offer", false);

  /** A packet was copied into the memory of a monitor. */
  public static final FaultPoint<Object> DMA_COMPLETE =
      inside(Moment.AFTER, "DMA complete", "monitor.Transfer", "moveOne", true);

  /** An entry of a flow table is to be replaced by another one. */
  public static final FaultPoint<Object> RULE_SWAP =
      inside(Moment.BEFORE, "rule swap", "flow.FlowTable", "replace");

  private FaultPoints() {}

  private static FaultPoint<Object> inside(Moment moment, String name, String device, String step) {
    return FaultPoint.inside(moment, name, find(device, step), null);
  }

  private static FaultPoint<Object> inside(
      Moment moment, String name, String device, String step, boolean result) {
    Predicate<Call<Object>> condition = call -> Boolean.valueOf(result).equals(call.result());
    return FaultPoint.inside(moment, name, find(device, step), condition);
  }

  /** The step that all others of its name lead to: that with the most arguments. */
  private static Method find(String device, String step) {
    Method found = null;
    for (Method method : classNamed(device).getDeclaredMethods()) {
      if (method.getName().equals(step) && canHaveFaults(method) && isLonger(method, found)) {
        found = method;
      }
    }
    if (found == null) {
      throw new AssertionError("no step " + step + " in " + device + "; please report this bug");
    }
    return found;
  }

  private static boolean canHaveFaults(Method method) {
    int no = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;
    return (method.getModifiers() & no) == 0 && !method.isSynthetic();
  }

  private static boolean isLonger(Method method, @Nullable Method than) {
    return than == null || method.getParameterCount() > than.getParameterCount();
  }

  private static Class<?> classNamed(String device) {
    try {
      return Class.forName("dev.ringside." + device, false, Tenancy.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no device " + device + "; please report this bug", e);
    }
  }
}
