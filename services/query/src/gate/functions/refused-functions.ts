import { words } from "./words.ts";

/**
 * Functions of the engine that were looked at and are refused, by the reason that is told. A function on no list is refused as
 * well; a test asks that somebody looks at it when a newer engine brings it.
 */
export const refusedFunctions: ReadonlyArray<readonly [reason: string, names: ReadonlyArray<string>]> = [
  [
    "it sends data to another service",
    words(`
      AIClassify AIExtract AIGenerate AITranslate aiClassify aiEmbed aiExtract aiGenerate aiTranslate
    `),
  ],
  [
    "it tells about the machine",
    words(`
      FQDN buildId chdb filesystemAvailable filesystemCapacity filesystemUnreserved fullHostName getMacro
      getOSKernelVersion getServerPort hasThreadFuzzer hostName hostname serverUUID shardCount shardNum
      showCertificate tcpPort uptime zookeeperSessionUptime
    `),
  ],
  [
    "keys have no place in a statement",
    words(`
      HMAC aes_decrypt_mysql aes_encrypt_mysql decrypt encrypt tryDecrypt
    `),
  ],
  [
    "nothing in the views needs it",
    words(`
      L2DistanceTransposed L2DistanceTransposedQuantized MACNumToString MACStringToNum MACStringToOUI MGRSToGeo
      MVTBoundingBox MVTBoundingBoxMercator MVTEncode MVTEncodeGeom ST_AsMVT ST_AsMVTGeom ST_LineFromWKB
      ST_MLineFromWKB ST_MPolyFromWKB ST_PointFromWKB ST_PolyFromWKB SVG UTMToGeo WKB WKT areaCartesian areaSpherical
      colorOKLABToSRGB colorOKLCHToSRGB colorSRGBToOKLAB colorSRGBToOKLCH cosineDistanceTransposed
      cosineDistanceTransposedQuantized dequantizeInt8ToBFloat16 distanceCosineTransposed distanceL2Transposed
      dotProductTransposed dotProductTransposedQuantized flipCoordinates geoDistance geoToH3 geoToMGRS geoToUTM
      geohashDecode geohashEncode geohashesInBox geometryIntersectCartesian geometryIntersectSpherical
      getSizeOfEnumType greatCircleAngle greatCircleDistance groupNumericIndexedVector h3CellAreaM2 h3CellAreaRads2
      h3Distance h3EdgeAngle h3EdgeLengthKm h3EdgeLengthM h3ExactEdgeLengthKm h3ExactEdgeLengthM h3ExactEdgeLengthRads
      h3GetBaseCell h3GetDestinationIndexFromUnidirectionalEdge h3GetFaces h3GetIndexesFromUnidirectionalEdge
      h3GetOriginIndexFromUnidirectionalEdge h3GetPentagonIndexes h3GetRes0Indexes h3GetResolution
      h3GetUnidirectionalEdge h3GetUnidirectionalEdgeBoundary h3GetUnidirectionalEdgesFromHexagon h3HexAreaKm2
      h3HexAreaM2 h3HexRing h3IndexesAreNeighbors h3IsPentagon h3IsResClassIII h3IsValid h3Line h3NumHexagons
      h3PointDistKm h3PointDistM h3PointDistRads h3PolygonToCells h3PolygonToCellsWithContainment h3ToCenterChild
      h3ToChildren h3ToGeo h3ToGeoBoundary h3ToParent h3ToString h3UnidirectionalEdgeIsValid h3kRing icebergBucket
      icebergHash icebergTruncate naiveBayesNgrams numericIndexedVectorAllValueSum numericIndexedVectorBuild
      numericIndexedVectorCardinality numericIndexedVectorGetValue numericIndexedVectorPointwiseAdd
      numericIndexedVectorPointwiseDivide numericIndexedVectorPointwiseEqual numericIndexedVectorPointwiseGreater
      numericIndexedVectorPointwiseGreaterEqual numericIndexedVectorPointwiseLess
      numericIndexedVectorPointwiseLessEqual numericIndexedVectorPointwiseMultiply
      numericIndexedVectorPointwiseNotEqual numericIndexedVectorPointwiseSubtract numericIndexedVectorShortDebugString
      numericIndexedVectorToMap perimeterCartesian perimeterSpherical pointInEllipses pointInPolygon
      polygonAreaCartesian polygonAreaSpherical polygonConvexHullCartesian polygonPerimeterCartesian
      polygonPerimeterSpherical polygonsDistanceCartesian polygonsDistanceSpherical polygonsEqualsCartesian
      polygonsIntersectCartesian polygonsIntersectSpherical polygonsIntersectionCartesian
      polygonsIntersectionSpherical polygonsSymDifferenceCartesian polygonsSymDifferenceSpherical
      polygonsUnionCartesian polygonsUnionSpherical polygonsWithinCartesian polygonsWithinSpherical
      quantilePrometheusHistogram quantilesPrometheusHistogram quantizeBFloat16ToInt8 randomHadamardTransform readWKB
      readWKBLineString readWKBMultiLineString readWKBMultiPolygon readWKBPoint readWKBPolygon readWKT
      readWKTLineString readWKTMultiLineString readWKTMultiPolygon readWKTPoint readWKTPolygon readWKTRing readWkb
      readWkt scalarProductTransposed seriesDecomposeSTL seriesOutliersDetectTukey stochasticLinearRegression
      stochasticLogisticRegression stringToH3 svg timeSeriesChangesToGrid timeSeriesCopyTag timeSeriesCopyTags
      timeSeriesDeltaToGrid timeSeriesDerivToGrid timeSeriesExtractTag timeSeriesFromGrid timeSeriesGroupArray
      timeSeriesGroupToSamplingKey timeSeriesGroupToTags timeSeriesIdToGroup timeSeriesIdToTags
      timeSeriesIdToTagsGroup timeSeriesIncreaseToGrid timeSeriesInstantDeltaToGrid timeSeriesInstantRateToGrid
      timeSeriesJoinTags timeSeriesLastToGrid timeSeriesLastTwoSamples timeSeriesPredictLinearToGrid timeSeriesRange
      timeSeriesRateToGrid timeSeriesRemoveAllTagsExcept timeSeriesRemoveTag timeSeriesRemoveTags timeSeriesReplaceTag
      timeSeriesResampleToGridWithStaleness timeSeriesResetsToGrid timeSeriesStoreTags timeSeriesTagsGroupToTags
      timeSeriesTagsToGroup wkb wkt
    `),
  ],
  [
    "it looks inside the engine",
    words(`
      __actionName __applyFilter __bitBoolMaskAnd __bitBoolMaskOr __bitSwapLastTwo __bitWrapperFunc __getScalar
      __patchPartitionID __scalarSubqueryResult __toYearCalendarOnly addressToLine addressToLineWithInlines
      addressToSymbol blockNumber blockSerializedSize blockSize demangle
      dumpColumnStructure errorCodeToName estimateCompressionRatio flameGraph getSubcolumn getTypeSerializationStreams
      isMergeTreePartCoveredBy logTrace lowCardinalityIndices lowCardinalityKeys mergeTreePartInfo nested nothing
      nothingNull nothingUInt64 partitionID partitionId runningConcurrency tid validateNestedArraySizes
    `),
  ],
  [
    "it makes errors on purpose",
    words(`
      aggThrow throwIf timeSeriesThrowDuplicateSeriesIf
    `),
  ],
  [
    "it tells about users and sessions",
    words(`
      authUser authenticatedUser connectionId connection_id currentProfiles currentQueryID currentRoles
      current_query_id defaultProfiles defaultRoles enabledProfiles enabledRoles getClientHTTPHeader initialQueryID
      initialQueryStartTime initial_query_id initial_query_start_time queryID query_id transactionID
      transactionLatestSnapshot transactionOldestSnapshot
    `),
  ],
  [
    "it runs models of the server",
    words(`
      catboostEvaluate evalMLMethod naiveBayesClassifier naiveBayesClassifierWithAllProbs naiveBayesClassifierWithProb
    `),
  ],
  [
    "it reads what is no view",
    words(`
      dictGet dictGetAll dictGetChildren dictGetDate dictGetDateOrDefault dictGetDateTime dictGetDateTimeOrDefault
      dictGetDescendants dictGetFloat32 dictGetFloat32OrDefault dictGetFloat64 dictGetFloat64OrDefault
      dictGetHierarchy dictGetIPv4 dictGetIPv4OrDefault dictGetIPv6 dictGetIPv6OrDefault dictGetInt16
      dictGetInt16OrDefault dictGetInt32 dictGetInt32OrDefault dictGetInt64 dictGetInt64OrDefault dictGetInt8
      dictGetInt8OrDefault dictGetKeys dictGetOrDefault dictGetOrNull dictGetRoot dictGetString dictGetStringOrDefault
      dictGetUInt16 dictGetUInt16OrDefault dictGetUInt32 dictGetUInt32OrDefault dictGetUInt64 dictGetUInt64OrDefault
      dictGetUInt8 dictGetUInt8OrDefault dictGetUUID dictGetUUIDOrDefault dictHas dictIsIn generateSerialID
      hasColumnInTable joinGet joinGetOrNull regionHierarchy regionIn regionToArea regionToCity regionToContinent
      regionToCountry regionToDistrict regionToName regionToPopulation regionToTopContinent
    `),
  ],
  [
    "it reads or writes files of the server",
    words(`
      file structureToCapnProtoSchema structureToProtobufSchema
    `),
  ],
  [
    "it takes statements apart",
    words(`
      formatQuery formatQueryOrNull formatQuerySingleLine formatQuerySingleLineOrNull fuzzBits fuzzQuery
      generateRandomStructure highlightQuery normalizeQuery normalizeQueryKeepNames normalizedQueryHash
      normalizedQueryHashKeepNames obfuscateQuery obfuscateQueryWithSeed tokenizeQuery
    `),
  ],
  [
    "it takes any format, also those that need files",
    words(`
      formatRow formatRowNoNewline groupFormat
    `),
  ],
  [
    "it tells how the server is set up",
    words(`
      getMaxTableNameLengthForDatabase getMergeTreeSetting getServerSetting getSetting getSettingOrDefault
      globalVariable
    `),
  ],
  [
    "it holds the server up",
    words(`
      sleep sleepEachRow
    `),
  ],
];
