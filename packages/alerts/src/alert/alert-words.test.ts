import { readCatalogue } from "@leadwire/kpis/catalogue";
import { describe, expect, test } from "vitest";
