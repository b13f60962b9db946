package dev.spillway.emulator.model;

import java.util.Map;

/** Azure's regions by the names that configurations and answers give them. */
public final class Regions {

  private static final Map<String, String> DISPLAY_NAMES =
      Map.ofEntries(
          Map.entry("australiaeast", "Australia East"),
          Map.entry("brazilsouth", "Brazil South"),
          Map.entry("canadacentral", "Canada Central"),
          Map.entry("canadaeast", "Canada East"),
          Map.entry("centralus", "Central US"),
          Map.entry("eastus", "East US"),
          Map.entry("eastus2", "East US 2"),
          Map.entry("francecentral", "France Central"),
          Map.entry("germanywestcentral", "Germany West Central"),
          Map.entry("italynorth", "Italy North"),
          Map.entry("japaneast", "Japan East"),
          Map.entry("koreacentral", "Korea Central"),
          Map.entry("northcentralus", "North Central US"),
          Map.entry("norwayeast", "Norway East"),
          Map.entry("polandcentral", "Poland Central"),
          Map.entry("southafricanorth", "South Africa North"),
          Map.entry("southcentralus", "South Central US"),
          Map.entry("southindia", "South India"),
          Map.entry("spaincentral", "Spain Central"),
          Map.entry("swedencentral", "Sweden Central"),
          Map.entry("switzerlandnorth", "Switzerland North"),
          Map.entry("uaenorth", "UAE North"),
          Map.entry("uksouth", "UK South"),
          Map.entry("westeurope", "West Europe"),
          Map.entry("westus", "West US"),
          Map.entry("westus3", "West US 3"));

  private Regions() {}

  /** {@code East US} for {@code eastus}; a region that is not known keeps the name it has. */
  public static String displayName(String region) {
    return DISPLAY_NAMES.getOrDefault(region, region);
  }
}
