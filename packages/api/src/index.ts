export { type OpenApiDocument, openApiDocument } from "./openapi/open-api-document.ts";
