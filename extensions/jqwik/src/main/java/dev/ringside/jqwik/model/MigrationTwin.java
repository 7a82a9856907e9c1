// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.jqwik.model;

import dev.ringside.jqwik.scenario.ChassisTopology;
import dev.ringside.migration.MigrationConfig;
import dev.ringside.migration.MigrationState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Migrations as one would explain them: where each virtual machine is, which subnets the router of
 * each blade is in, and how many addresses are left.
 *
 * <pre>{@code
 * MigrationTwin twin = new MigrationTwin(topology, freeAddresses, places);
 * twin.apply(step);
 * twin.bladeOf(0); // 1
 * }</pre>
 */
public final class MigrationTwin {

  private static final int GONE = -1;

  /** A migration under way. */
  private static final class Course {
    final int vm;
    final int source;
    final int target;
    final MigrationConfig config;
    boolean committed;
    boolean expected;

    Course(int vm, int source, int target, MigrationConfig config) {
      this.vm = vm;
      this.source = source;
      this.target = target;
      this.config = config;
    }
  }

  private record Due(long at, Course course) {}

  private final ChassisTopology topology;
  private final int[] places;
  private final int[] free;
  private final int[] taken = new int[ChassisTopology.SUBNETS];
  private final boolean[] failed;
  private final List<Set<Integer>> routers = new ArrayList<>();
  private final Map<Integer, Course> running = new LinkedHashMap<>();
  private final @Nullable MigrationState[] last;
  private final List<Due> agenda = new ArrayList<>();
  private final int roomEach;
  private long now;

  /**
   * The state before anything has happened.
   *
   * @param freeAddresses how many IPv4 addresses each subnet has left
   * @param roomEach for how many quotas each blade has memory; 0: quotas are off
   */
  public MigrationTwin(ChassisTopology topology, List<Integer> freeAddresses, int roomEach) {
    this.topology = topology;
    this.roomEach = roomEach;
    int guests = topology.guests().size();
    places = new int[guests];
    last = new @Nullable MigrationState[guests];
    for (int vm = 0; vm < guests; vm++) {
      places[vm] = topology.guests().get(vm).blade();
    }
    free = new int[ChassisTopology.SUBNETS];
    for (int i = 0; i < free.length; i++) {
      free[i] = freeAddresses.get(i);
    }
    failed = new boolean[topology.blades()];
    for (int i = 0; i < failed.length; i++) {
      routers.add(new TreeSet<>());
    }
  }

  // ---- what holds ----

  /** The blade that a virtual machine is on, -1 if it has ended. */
  public int bladeOf(int vm) {
    return places[vm];
  }

  /** Whether a virtual machine runs. */
  public boolean isRunning(int vm) {
    Course course = running.get(vm);
    return places[vm] != GONE && !failed[places[vm]] && (course == null || course.committed);
  }

  /** How its last migration ended, or that it is under way; null if it has had none. */
  public @Nullable MigrationState stateOf(int vm) {
    return last[vm];
  }

  /** Whether a virtual machine is under way. */
  public boolean isUnderWay(int vm) {
    return running.containsKey(vm);
  }

  /** Whether a blade has failed. */
  public boolean isFailed(int blade) {
    return failed[blade];
  }

  /** The subnets that the router of a blade is in; none: it has none. */
  public Set<String> routerOf(int blade) {
    Set<String> names = new TreeSet<>();
    for (int subnet : routers.get(blade)) {
      names.add(ChassisTopology.subnet(subnet));
    }
    return names;
  }

  /** How many IPv4 addresses a subnet has left. */
  public int freeIn(int subnet) {
    return free[subnet];
  }

  // ---- what happens ----

  /** Lets it happen. */
  public void apply(MigrationStep step) {
    switch (step.what()) {
      case MOVE -> move(step.subject(), step.object(), step.config());
      case WAIT -> waits(step.subject());
      case CANCEL -> cancel(step.subject());
      case FAIL -> fail(step.subject());
      case REPAIR -> failed[step.subject()] = false;
      case END -> end(step.subject());
      case TAKE_ADDRESSES -> take(step.subject());
      case GIVE_ADDRESSES -> give(step.subject());
      case SEND -> {}
    }
  }

  private void take(int subnet) {
    taken[subnet] += free[subnet];
    free[subnet] = 0;
  }

  private void give(int subnet) {
    free[subnet] += taken[subnet];
    taken[subnet] = 0;
  }

  private void move(int vm, int target, MigrationConfig config) {
    if (places[vm] == GONE || places[vm] == target || running.containsKey(vm)) {
      return;
    }
    Course course = new Course(vm, places[vm], target, config);
    last[vm] = MigrationState.RUNNING;
    running.put(vm, course);
    if (failed[target] || failed[course.source] || !hasRoom(target, vm)) {
      rollBack(course);
      return;
    }
    course.expected = !config.routerAfterMove();
    if (course.expected && !makeRouter(target)) {
      rollBack(course);
      return;
    }
    later(course, config.copyTime().toMillis());
  }

  /** Whether a blade has memory for another one besides those that are there or come there. */
  private boolean hasRoom(int blade, int another) {
    int used = 1;
    for (int vm = 0; vm < places.length; vm++) {
      Course course = running.get(vm);
      boolean comes = course != null && course.target == blade;
      used += vm != another && (places[vm] == blade || comes) ? 1 : 0;
    }
    return roomEach == 0 || used <= roomEach;
  }

  private void later(Course course, long millis) {
    if (millis == 0) {
      goOn(course);
    } else {
      agenda.add(new Due(now + millis, course));
    }
  }

  private void waits(int millis) {
    long until = now + millis;
    for (Due next = nextUntil(until); next != null; next = nextUntil(until)) {
      agenda.remove(next);
      now = next.at();
      if (running.get(next.course().vm) == next.course()) {
        goOn(next.course());
      }
    }
    now = until;
  }

  /** The first one in time, and of several the one that was planned first. */
  private @Nullable Due nextUntil(long until) {
    Due first = null;
    for (Due due : agenda) {
      if (due.at() <= until && (first == null || due.at() < first.at())) {
        first = due;
      }
    }
    return first;
  }

  private void goOn(Course course) {
    if (course.committed) {
      makeLateRouter(course);
      return;
    }
    course.committed = true;
    course.expected = false;
    places[course.vm] = course.target;
    tidy(course.source);
    tidy(course.target);
    if (course.config.routerAfterMove()) {
      later(course, course.config.routerDelay().toMillis());
    } else {
      end(course, MigrationState.COMPLETED);
    }
  }

  private void makeLateRouter(Course course) {
    boolean made = makeRouter(course.target);
    tidy(course.target);
    if (made) {
      end(course, MigrationState.COMPLETED);
    } else if (course.config.keepsWithoutRouter()
        || failed[course.source]
        || !hasRoom(course.source, course.vm)) {
      end(course, MigrationState.DEGRADED);
    } else {
      places[course.vm] = course.source;
      tidy(course.target);
      tidy(course.source);
      end(course, MigrationState.ROLLED_BACK);
    }
  }

  private void end(Course course, MigrationState how) {
    running.remove(course.vm);
    last[course.vm] = how;
  }

  private void rollBack(Course course) {
    course.expected = false;
    end(course, MigrationState.ROLLED_BACK);
    tidy(course.target);
  }

  private void cancel(int vm) {
    Course course = running.get(vm);
    if (course != null && !course.committed) {
      rollBack(course);
    }
  }

  private void fail(int blade) {
    failed[blade] = true;
    for (Course course : new ArrayList<>(running.values())) {
      if (!course.committed && (course.target == blade || course.source == blade)) {
        rollBack(course);
      }
    }
  }

  private void end(int vm) {
    int blade = places[vm];
    if (blade == GONE) {
      return;
    }
    places[vm] = GONE;
    free[subnetOf(vm)]++;
    Course course = running.get(vm);
    if (course != null && course.committed) {
      end(course, MigrationState.DEGRADED);
    } else if (course != null) {
      rollBack(course);
    }
    tidy(blade);
  }

  // ---- routers ----

  /** The pairs of subnets of a blade where one of either is a guest there, or is expected. */
  private List<Set<Integer>> pairs(int blade) {
    List<Integer> present = new ArrayList<>();
    List<Integer> guests = new ArrayList<>();
    for (int vm = 0; vm < places.length; vm++) {
      Course course = running.get(vm);
      boolean comes = course != null && course.expected && course.target == blade;
      if (places[vm] == blade || comes) {
        present.add(vm);
        if (topology.guests().get(vm).blade() != blade) {
          guests.add(vm);
        }
      }
    }
    List<Set<Integer>> pairs = new ArrayList<>();
    for (int guest : guests) {
      for (int other : present) {
        Set<Integer> pair = new TreeSet<>(List.of(subnetOf(guest)));
        if (pair.add(subnetOf(other))) {
          pairs.add(pair);
        }
      }
    }
    return pairs;
  }

  private int subnetOf(int vm) {
    return topology.guests().get(vm).subnet();
  }

  /** Gives the router of a blade all that it needs; if there is not enough, nothing. */
  private boolean makeRouter(int blade) {
    Set<Integer> missing = new TreeSet<>();
    for (Set<Integer> pair : pairs(blade)) {
      missing.addAll(pair);
    }
    missing.removeAll(routers.get(blade));
    for (int subnet : missing) {
      if (free[subnet] == 0) {
        return false;
      }
    }
    for (int subnet : missing) {
      free[subnet]--;
      routers.get(blade).add(subnet);
    }
    return true;
  }

  /** Takes from the router of a blade what it does not need. */
  private void tidy(int blade) {
    Set<Integer> router = routers.get(blade);
    Set<Integer> needed = new TreeSet<>();
    for (Set<Integer> pair : pairs(blade)) {
      if (router.containsAll(pair)) {
        needed.addAll(pair);
      }
    }
    for (int subnet : new ArrayList<>(router)) {
      if (!needed.contains(subnet)) {
        router.remove(subnet);
        free[subnet]++;
      }
    }
  }
}
