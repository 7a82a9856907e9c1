// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.HostBuilder;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.nic.NicConfig;
import dev.ringside.time.Seed;
import dev.ringside.world.PartsSource;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that was said about one lab, collected from the outermost description to the innermost. */
final class LabSpec {

  private final Seed outerSeed;
  private final List<HostSpec> added = new ArrayList<>(2);
  private boolean hasDefaults;
  private @Nullable Topology topology;
  private @Nullable Class<? extends Topology> topologyClass;
  private List<HostSpec> described = List.of();
  private @Nullable Class<? extends PartsSource> parts;
  private @Nullable Long seed;

  /** Starts with what the builder of the extension said, and the seed for those who say nothing. */
  LabSpec(Settings settings, Seed seedByDefault) {
    this.topology = settings.topology();
    this.outerSeed = settings.seed() == null ? seedByDefault : settings.seed();
  }

  /** What stands on a class or method: it takes the place of what the whole lab was until now. */
  void describe(Declared declared, String place) {
    if (declared.describesTopology()) {
      topology = null;
      topologyClass = declared.topology();
      described = new ArrayList<>(declared.hosts().size());
      put(declared.hosts(), described, place);
    }
    if (declared.parts() != null) {
      parts = declared.parts();
    }
    if (declared.seed() != null) {
      seed = declared.seed();
    }
  }

  /** What stands on the parameters and fields of one class or method: it adds hosts. */
  void add(List<HostSpec> hosts, String place) {
    for (HostSpec host : hosts) {
      hasDefaults |= !host.chassis().isEmpty();
    }
    put(hosts, added, place);
  }

  private static void put(List<HostSpec> hosts, List<HostSpec> into, String place) {
    for (int i = 0; i < hosts.size(); i++) {
      HostSpec host = hosts.get(i);
      int twin = indexOf(hosts.subList(0, i), host.name());
      if (twin >= 0 && !hosts.get(twin).equals(host)) {
        throw new IllegalArgumentException(
            place
                + " describes two different hosts named '"
                + host.name()
                + "'; give each its own name, such as @HostSpec(name = \"h2\")");
      }
      int same = indexOf(into, host.name());
      if (same < 0) {
        into.add(host);
      } else {
        into.set(same, host);
      }
    }
  }

  private static int indexOf(List<HostSpec> hosts, String name) {
    for (int i = 0; i < hosts.size(); i++) {
      if (hosts.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Labs of two specifications with equal keys are alike. */
  Object key() {
    return Arrays.asList(topology, topologyClass, described, added, parts, seed, outerSeed);
  }

  // ---- opening ----

  /** Opens such a lab. */
  RunningLab open() {
    LabBuilder builder = Lab.builder().seed(outerSeed);
    if (topologyClass != null) {
      builder.topology(newInstance(topologyClass, "@LabTopology"));
    } else if (topology != null) {
      builder.topology(topology);
    }
    boolean nothingSaid = isNothingSaid();
    if (hasDefaults && !nothingSaid) {
      List<HostSpec> said = Blades.withoutDefaults(added);
      added.clear();
      added.addAll(said);
    }
    List<ChassisBuilder> chassis = new ArrayList<>(0);
    build(described, builder, chassis);
    build(added, builder, chassis);
    if (parts != null) {
      builder.parts(newInstance(parts, "@LabParts"));
    }
    if (seed != null) {
      builder.seed(seed);
    }
    LabSession session = LabSession.of(builder.open());
    return new RunningLab(session, "", nothingSaid);
  }

  /** But perhaps that there are to be blades. */
  private boolean isNothingSaid() {
    return topologyClass == null
        && topology == null
        && described.isEmpty()
        && (added.isEmpty() || (hasDefaults && Blades.withoutDefaults(added).isEmpty()));
  }

  private void build(List<HostSpec> hosts, LabBuilder builder, List<ChassisBuilder> chassis) {
    for (HostSpec host : hosts) {
      if (hosts == added || indexOf(added, host.name()) < 0) {
        build(host, Blades.builderOf(host, builder, chassis));
      }
    }
  }

  private static void build(HostSpec spec, HostBuilder host) {
    NicConfig nic = NicConfig.DEFAULT.withVirtualFunctions(spec.virtualFunctions());
    if (spec.receiveRings() != HostSpec.DEFAULT) {
      nic = nic.withReceiveRings(spec.receiveRings());
    }
    if (spec.ringCapacity() != HostSpec.DEFAULT) {
      nic = nic.withRingCapacity(spec.ringCapacity());
    }
    host.pnics(spec.pnics()).nic(nic).vms(spec.vms());
    if (spec.aggregation().length > 1) {
      throw new IllegalArgumentException(
          "host "
              + spec.name()
              + " has "
              + spec.aggregation().length
              + " aggregations "
              + Arrays.toString(spec.aggregation())
              + "; it can have one");
    } else if (spec.aggregation().length == 1) {
      host.aggregation(spec.aggregation()[0]);
    }
    if (spec.proxies()) {
      host.proxies();
    }
  }

  private static <T> T newInstance(Class<? extends T> type, String annotation) {
    try {
      Constructor<? extends T> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new IllegalArgumentException(
          annotation
              + "("
              + type.getSimpleName()
              + ".class) cannot be made: give it a constructor without parameters, and make it"
              + " static if it is a member",
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          annotation + "(" + type.getSimpleName() + ".class) cannot be made: " + e.getCause(), e);
    }
  }
}
