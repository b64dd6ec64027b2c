// Stands in for source-map in the bundle: Handlebars then uses its own plain string builder.
module.exports = {}
