// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.migration.SubnetPair;
import dev.ringside.migration.VirtualRouter;
import dev.ringside.packet.IpAddress;
import dev.ringside.routing.Subnet;
import dev.ringside.trace.Account;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the virtual router of a host.
 *
 * <pre>{@code
 * assertThat(lab.migrations().routerOf(b2)).joins("A", "B").forVms("web").standsInFor(subnetA);
 * }</pre>
 */
public class VirtualRouterAssert extends AbstractDropperAssert<VirtualRouterAssert, VirtualRouter> {

  private @Nullable String one;
  private @Nullable String other;

  /** Assertions about this one. */
  public VirtualRouterAssert(@Nullable VirtualRouter actual) {
    super(actual, VirtualRouterAssert.class);
  }

  @Override
  protected Account account() {
    return actual.router().account();
  }

  @Override
  protected String subject() {
    return "virtual router of host " + actual.host().name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.host().world());
  }

  private VirtualRouterAssert has(String wanted, String found, boolean holds) {
    return verify(() -> holds ? null : new ShouldHave(subject(), wanted, found, evidence()));
  }

  // ---- what it joins ----

  /**
   * That it has a virtual NIC in each of these subnets, and in no other.
   *
   * <pre>{@code
   * assertThat(router).isIn("A", "B"); // passes
   * }</pre>
   */
  public VirtualRouterAssert isIn(String... subnets) {
    isNotNull();
    TreeSet<String> wanted = new TreeSet<>(Arrays.asList(subnets));
    TreeSet<String> found = new TreeSet<>(actual.subnets());
    return has("virtual NICs in " + wanted, "virtual NICs in " + found, found.equals(wanted));
  }

  /**
   * That somebody needs it to join these two subnets.
   *
   * <pre>{@code
   * assertThat(router).joins("A", "B"); // passes
   * assertThat(router).joins("A", "C"); // fails
   * }</pre>
   */
  public VirtualRouterAssert joins(String firstSubnet, String secondSubnet) {
    isNotNull();
    one = firstSubnet;
    other = secondSubnet;
    return has(
        firstSubnet + "-" + secondSubnet + " joined",
        joined(),
        actual.dependants(firstSubnet, secondSubnet) > 0);
  }

  /**
   * That nobody needs it to join these two subnets.
   *
   * <pre>{@code
   * assertThat(router).doesNotJoin("A", "C"); // passes
   * }</pre>
   */
  public VirtualRouterAssert doesNotJoin(String firstSubnet, String secondSubnet) {
    isNotNull();
    return has(
        "nobody for " + firstSubnet + "-" + secondSubnet,
        joined(),
        actual.dependants(firstSubnet, secondSubnet) == 0);
  }

  /**
   * That these virtual machines, and no others, need the pair of subnets that was asked about last.
   *
   * <pre>{@code
   * assertThat(router).joins("A", "B").forVms("web", "peer"); // passes
   * assertThat(router).joins("A", "B").forVms("web");         // fails
   * }</pre>
   */
  public VirtualRouterAssert forVms(String... names) {
    isNotNull();
    String first = one;
    String second = other;
    if (first == null || second == null) {
      throw new IllegalStateException(
          "say first what: joins(\"A\", \"B\").forVms(" + String.join(", ", names) + ")");
    }
    TreeSet<String> wanted = new TreeSet<>(Arrays.asList(names));
    return has(
        first + "-" + second + " joined for " + wanted,
        joined(),
        new TreeSet<>(dependants(first, second)).equals(wanted));
  }

  private List<String> dependants(String first, String second) {
    for (SubnetPair pair : actual.pairs()) {
      List<String> names = List.of(pair.one(), pair.other());
      if (names.contains(first) && names.contains(second)) {
        return pair.dependants();
      }
    }
    return List.of();
  }

  private String joined() {
    return actual.pairs().isEmpty() ? "nothing joined" : actual.pairs() + " joined";
  }

  // ---- its addresses ----

  /**
   * That it answers for the gateways of this subnet, which cannot be reached from its host.
   *
   * <pre>{@code
   * assertThat(router).standsInFor(lab.subnet("A")); // passes
   * }</pre>
   */
  public VirtualRouterAssert standsInFor(Subnet subnet) {
    return gateways(subnet, true);
  }

  /**
   * That it does not answer for the gateways of this subnet.
   *
   * <pre>{@code
   * assertThat(router).doesNotStandInFor(lab.subnet("B")); // passes
   * }</pre>
   */
  public VirtualRouterAssert doesNotStandInFor(Subnet subnet) {
    return gateways(subnet, false);
  }

  private VirtualRouterAssert gateways(Subnet subnet, boolean wanted) {
    isNotNull();
    List<IpAddress> gateways = List.of(subnet.gateway(), subnet.ipv6Gateway());
    List<IpAddress> found = addressesIn(subnet.name());
    long standsFor = gateways.stream().filter(found::contains).count();
    return has(
        (wanted ? "the addresses " : "none of the addresses ")
            + gateways
            + " in subnet "
            + subnet.name(),
        found.toString(),
        standsFor == (wanted ? gateways.size() : 0));
  }

  /**
   * That it has an address of its own, of each IP version, in this subnet: one that stations can
   * have, and that the subnet's pools count as used.
   *
   * <pre>{@code
   * assertThat(router).hasAddressesIn(lab.subnet("A")); // passes
   * }</pre>
   */
  public VirtualRouterAssert hasAddressesIn(Subnet subnet) {
    isNotNull();
    List<IpAddress> found = addressesIn(subnet.name());
    List<Integer> versions = new ArrayList<>();
    for (IpAddress ip : found) {
      boolean gateway = ip.equals(subnet.gateway()) || ip.equals(subnet.ipv6Gateway());
      boolean own = !gateway && subnet.contains(ip) && subnet.poolOf(ip).isUsed(ip);
      if (own && subnet.poolOf(ip).isUsable(ip)) {
        versions.add(ip.version());
      }
    }
    return has(
        "an IPv4 and an IPv6 address of its own in subnet " + subnet.name(),
        found.toString(),
        versions.equals(List.of(4, 6)));
  }

  private List<IpAddress> addressesIn(String subnet) {
    return actual.subnets().contains(subnet) ? actual.portIn(subnet).addresses() : List.of();
  }
}
