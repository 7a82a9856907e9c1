// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.quota;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.jqwik.model.QuotaStep;
import dev.ringside.memory.Block;
import dev.ringside.memory.BlockRequest;
import dev.ringside.memory.MemorySize;
import dev.ringside.memory.Quota;
import dev.ringside.memory.QuotaConfig;
import dev.ringside.memory.QuotaRule;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.ring.Waiter;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A host whose machine web has a quota, with whatever defect is planted, and what became of it. */
final class Bench implements AutoCloseable {

  static final int CAPACITY = 6;
  static final long TOTAL = 20_000;
  private static final int LONGEST = 1_514;

  /** What can be wrong with a run, so that each law can be seen to find it. */
  enum Defect {
    NONE,
    /** The rule grants a byte too many. */
    RULE_TOO_WIDE,
    /** Somebody has a block that nobody knows of. */
    HIDDEN_BLOCK,
    /** A limit is changed behind the pool's back: another quota takes what is not told. */
    HIDDEN_QUOTA,
    /** The newest packet is read first. */
    NEWEST_FIRST,
    /** The rule says no although there is room, so that somebody waits for nothing. */
    RULE_FORGETS_ROOM,
    /** Another machine's packets are charged to this one. */
    SHARED_SHARE,
    /** The ring has more slots than was said. */
    RING_TOO_LARGE,
    /** A higher limit grants less. */
    RULE_UPSIDE_DOWN
  }

  private final Defect defect;
  private final Lab lab;
  private final Host host;
  private final VirtualMachine web;
  private final VirtualMachine db;
  private final Quota quota;
  private final List<BlockRequest> requests = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final boolean lax;
  private int sent;

  Bench(Defect defect, long limit, boolean lax) {
    this.defect = defect;
    this.lax = lax;
    LabBuilder builder = Lab.builder();
    int capacity = defect == Defect.RING_TOO_LARGE ? CAPACITY + 3 : CAPACITY;
    builder
        .host("h1")
        .nic(NicConfig.DEFAULT.withVirtualFunctions(2).withRingCapacity(capacity))
        .vms("web", "db")
        .memory(MemorySize.bytes(TOTAL));
    this.lab = builder.open();
    this.host = lab.host();
    this.web = host.vm("web");
    this.db = host.vm("db");
    this.quota = reserve(limit);
    if (defect == Defect.HIDDEN_BLOCK) {
      quota.request(MemorySize.bytes(61));
    }
    if (defect == Defect.HIDDEN_QUOTA) {
      host.memory().reserveForApplication("hidden", MemorySize.bytes(7));
    }
  }

  private Quota reserve(long limit) {
    MemorySize size = MemorySize.bytes(limit);
    QuotaConfig config = lax ? QuotaConfig.DEFAULT.lax() : QuotaConfig.DEFAULT;
    return defect == Defect.SHARED_SHARE
        ? host.memory().reserveForOthers(size, config)
        : host.memory().reserve("web", size, config.withRule(rule(config.rule())));
  }

  private QuotaRule rule(QuotaRule usual) {
    return switch (defect) {
      case RULE_TOO_WIDE -> (used, amount, limit) -> used + amount <= limit + 1_600;
      case RULE_FORGETS_ROOM ->
          (used, amount, limit) -> usual.fits(used, amount, limit) && (used == 0 || sent % 3 == 0);
      case RULE_UPSIDE_DOWN ->
          (used, amount, limit) -> used + amount <= Math.max(1_600, 4_000 - limit);
      default -> usual;
    };
  }

  // ---- what happens ----

  void apply(QuotaStep step) {
    long usedBefore = quota.used();
    MemorySize size = MemorySize.bytes(step.amount());
    switch (step.what()) {
      case SEND -> send(web, step.amount());
      case RELEASE -> web.inbox().release(step.amount());
      case REQUEST -> requests.add(quota.request(size));
      case RELEASE_BLOCK -> releaseOldestBlock();
      case CANCEL -> quota.waiters().stream().limit(1).toList().forEach(Waiter::cancel);
      case LIMIT -> quota.setLimit(size);
      case FAIL_OVER -> {
        host.pnic("p0").fail();
        host.pnic("p0").repair();
      }
    }
    law(usedIsInBounds(usedBefore), step + ": used " + quota.used() + " of " + quota.limit());
    check(step);
  }

  void send(VirtualMachine to, int bytes) {
    sent++;
    lab.wire().send(Packets.udp().to(to).port(53).fromPort(sent).payloadSize(bytes - 42));
  }

  private void releaseOldestBlock() {
    for (BlockRequest request : requests) {
      if (request.isGranted() && request.block().isLive()) {
        request.block().release();
        return;
      }
    }
  }

  // ---- the laws ----

  private void check(QuotaStep step) {
    law(usedIsWhatLives(), step + ": used " + quota.used() + " is not what lives");
    law(poolAddsUp(), step + ": " + host.memory() + " does not add up");
    law(isInOrder(), step + ": " + numbers(web) + " is out of order");
    law(nobodyWaitsForNothing(), step + ": " + quota.waiters() + " wait for nothing");
    law(grantsAreFreedOnce(), step + ": grants and frees differ");
    law(ring().size() <= CAPACITY, step + ": " + ring());
    law(lab.ledger().violations().isEmpty(), step + ": " + lab.ledger().violations());
  }

  private void law(boolean holds, String what) {
    if (!holds) {
      violations.add(what);
    }
  }

  /** A lower limit takes nothing away, but what is beyond it does not grow. */
  private boolean usedIsInBounds(long usedBefore) {
    long used = quota.used();
    long beyond = lax ? LONGEST - 1 : 0;
    boolean granted = used <= Math.max(quota.limit() + beyond, usedBefore);
    return used >= 0 && granted && used <= quota.reserved() + beyond;
  }

  private boolean usedIsWhatLives() {
    List<Packet> all = web.received();
    long packets = 0;
    for (Packet packet : all.subList(all.size() - web.inbox().held(), all.size())) {
      packets += packet.length();
    }
    return quota.used() == packets + blocks();
  }

  private long blocks() {
    long bytes = 0;
    for (BlockRequest request : requests) {
      Block block = request.isGranted() ? request.block() : null;
      bytes += block != null && block.isLive() ? block.size() : 0;
    }
    return bytes;
  }

  private boolean poolAddsUp() {
    return quota.reserved() + host.memory().unassigned() == TOTAL;
  }

  private boolean isInOrder() {
    List<Integer> numbers = numbers(web);
    if (defect == Defect.NEWEST_FIRST) {
      Collections.reverse(numbers);
    }
    return numbers.equals(numbers.stream().sorted().toList());
  }

  private boolean nobodyWaitsForNothing() {
    List<Waiter> waiters = quota.waiters();
    if (waiters.isEmpty()) {
      return ring().size() == 0;
    }
    long amount = waiters.get(0).amount();
    return lax ? quota.used() >= quota.limit() : quota.used() + amount > quota.limit();
  }

  private boolean grantsAreFreedOnce() {
    long live = web.inbox().held() + requests.stream().filter(Bench::isLive).count();
    return quota.live() == live;
  }

  private static boolean isLive(BlockRequest request) {
    return request.isGranted() && request.block().isLive();
  }

  // ---- what there is ----

  private ReceiveRing ring() {
    return host.pnic("p0").virtualFunction(0).receiveRing(0);
  }

  static List<Integer> numbers(VirtualMachine vm) {
    List<Integer> numbers = new ArrayList<>();
    for (Packet packet : vm.received()) {
      numbers.add(packet.sourcePort());
    }
    return numbers;
  }

  List<String> violations() {
    return violations;
  }

  VirtualMachine web() {
    return web;
  }

  VirtualMachine db() {
    return db;
  }

  Quota quota() {
    return quota;
  }

  @Override
  public void close() {
    lab.close();
  }
}
