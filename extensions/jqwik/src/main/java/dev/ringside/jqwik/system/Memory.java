// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.system;

import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import dev.ringside.memory.QuotaConfig;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Waiter;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The quotas of a run, and what each virtual machine holds of them. */
final class Memory {

  private static final long[] LIMITS = {60, 200, 1_442, 3_000, 10_000};
  private static final MemorySize PLENTY = MemorySize.bytes(100_000_000);
  private static final int MOST_CONSUMED = 4;

  private final LabRun run;
  private final Map<String, Share> shares = new LinkedHashMap<>();

  Memory(LabRun run) {
    this.run = run;
  }

  /** The quota of a virtual machine, and the bytes of each packet that it holds. */
  private static final class Share {
    Quota quota;
    final Deque<Integer> held = new ArrayDeque<>();
    long sum;
    long usedBefore;

    Share(Quota quota) {
      this.quota = quota;
    }
  }

  // ---- commands ----

  static void setLimit(LabRun run, LabStep step) {
    List<VirtualMachine> vms = run.vms();
    if (!vms.isEmpty()) {
      VirtualMachine vm = vms.get(step.subject() % vms.size());
      long limit = LIMITS[step.amount() % LIMITS.length];
      run.says("limit " + vm.name() + " to " + limit + " bytes");
      run.memory().limit(vm.name(), MemorySize.bytes(limit));
    }
  }

  static void consume(LabRun run, LabStep step) {
    VirtualMachine vm =
        LabRun.firstFrom(step.subject(), run.vms(), any -> run.memory().holds(any.name()));
    if (vm != null) {
      int most = 1 + step.amount() % MOST_CONSUMED;
      run.says("consume " + most + " of " + vm.name());
      run.memory().consume(vm, most);
    }
  }

  /** Packets that can never fit wait, so that it is always known what is still to come. */
  private void limit(String vm, MemorySize size) {
    Share share = shares.get(vm);
    if (share == null) {
      shares.put(
          vm,
          new Share(run.hostOf(vm).memory().reserve(vm, size, QuotaConfig.DEFAULT.blockForever())));
    } else {
      run.hostOf(vm).memory().quota(vm).setLimit(size);
    }
  }

  private boolean holds(String vm) {
    Share share = shares.get(vm);
    return share != null && !share.held.isEmpty();
  }

  /** What arrives meanwhile is held behind what is let go. */
  private void consume(VirtualMachine vm, int most) {
    Share share = shares.get(vm.name());
    int released = vm.inbox().release(most);
    if (share != null) {
      if (released != Math.min(most, share.held.size())) {
        throw new AssertionError(
            vm.name() + " has consumed " + released + " of " + share.held.size() + " packets");
      }
      for (int i = 0; i < released; i++) {
        share.sum -= share.held.remove();
      }
    }
  }

  void giveToAll() {
    for (String vm : List.copyOf(shares.keySet())) {
      limit(vm, PLENTY);
    }
  }

  void consumeAll() {
    run.traffic().receive();
    for (VirtualMachine vm : run.vms()) {
      consume(vm, Integer.MAX_VALUE);
    }
  }

  void ends(String vm) {
    shares.remove(vm);
  }

  // ---- what happens ----

  void received(String who, Packet packet) {
    Share share = shares.get(who);
    if (share != null) {
      share.held.add(packet.length());
      share.sum += packet.length();
    }
  }

  // ---- comparing ----

  void compare() {
    for (VirtualMachine vm : run.vms()) {
      Share share = shares.get(vm.name());
      if (share != null) {
        share.quota = run.lab().host(vm.hostName()).memory().quota(vm.name()); // it moves along
        compare(vm.name(), share);
      }
      boolean waits = share != null && share.quota.isWaiting();
      if (!waits && !run.twin().due(vm.name()).isEmpty()) {
        throw new AssertionError(
            vm.name()
                + " has not received "
                + run.twin().due(vm.name())
                + ", and waits for nothing");
      }
    }
    List<LabTwin.Sent> due = run.twin().due(LabTwin.STATION);
    if (!due.isEmpty()) {
      throw new AssertionError("station has not received " + due);
    }
  }

  private static void compare(String vm, Share share) {
    long used = share.quota.used();
    if (used != share.sum) {
      throw new AssertionError(
          vm + " uses " + used + " bytes, expected " + share.sum + " of " + share.held);
    }
    long limit = share.quota.limit();
    if (used > limit && used > share.usedBefore) {
      throw new AssertionError(vm + " uses " + used + " bytes, limited to " + limit);
    }
    share.usedBefore = used;
    List<Waiter> waiters = share.quota.waiters();
    if (!waiters.isEmpty() && used + waiters.get(0).amount() <= limit) {
      throw new AssertionError(
          waiters.get(0) + " for nothing: " + used + " of " + limit + " bytes are in use");
    }
  }
}
